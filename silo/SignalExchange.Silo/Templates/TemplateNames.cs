using System.Security.Cryptography;
using SignalExchange.Contracts;
using SignalExchange.KeyService;

namespace SignalExchange.Silo.Templates;

/// <summary>Between a template's token, which no member is told, and the name that members know it by.</summary>
/// <remarks>
/// <para>
/// A Feistel network of four rounds over the two halves of the token, with HMAC-SHA-256 under a secret of the exchange for its rounds: a
/// permutation that nobody without the secret can tell from a random one, in either direction (M. Luby, C. Rackoff, "How to construct
/// pseudorandom permutations from pseudorandom functions", 1988). So a name needs no directory, lasts as long as the master key, and tells
/// nothing of the ad: whoever makes the tokens of an ad's bands cannot find out by the name whether it is that ad's.
/// </para>
/// <code>
/// L || R = token;  for i in 0..3: (L, R) = (R, L xor HMAC(secret, u8 i || R)[0..16]);  name = L || R
/// </code>
/// Immutable; safe from any thread. <c>TemplateNamesTests</c> holds a golden value.
/// </remarks>
internal sealed class TemplateNames(IExchangeSecrets secrets)
{
    private const int Half = Token.Size / 2;
    private const int Rounds = 4;

    private readonly byte[] _secret = secrets.Derive("template-names/1"u8);

    /// <summary>Returns the name of a template.</summary>
    public TemplateId NameOf(Token token)
    {
        Span<byte> halves = stackalloc byte[Token.Size];
        token.CopyTo(halves);
        for (var round = 0; round < Rounds; round++)
        {
            Mix(round, halves[Half..], halves[..Half]);
            Swap(halves);
        }

        return TemplateId.Read(halves);
    }

    /// <summary>Returns the token of a name; what is no name gives a token that nothing has.</summary>
    public Token TokenOf(TemplateId name)
    {
        Span<byte> halves = stackalloc byte[Token.Size];
        name.CopyTo(halves);
        for (var round = Rounds - 1; round >= 0; round--)
        {
            Swap(halves);
            Mix(round, halves[Half..], halves[..Half]);
        }

        return new Token(halves);
    }

    private void Mix(int round, ReadOnlySpan<byte> from, Span<byte> into)
    {
        Span<byte> input = stackalloc byte[1 + Half];
        input[0] = (byte)round;
        from.CopyTo(input[1..]);
        Span<byte> mask = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_secret, input, mask);
        for (var place = 0; place < into.Length; place++)
        {
            into[place] ^= mask[place];
        }
    }

    private static void Swap(Span<byte> halves)
    {
        Span<byte> first = stackalloc byte[Half];
        halves[..Half].CopyTo(first);
        halves[Half..].CopyTo(halves);
        first.CopyTo(halves[Half..]);
    }
}
