using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens;

namespace SignalExchange.Client.Testing;

/// <summary>The keys of a fake exchange: keyed hashes in place of an oblivious function.</summary>
/// <remarks>
/// As with real keys the element of an identifier stays through a rotation, and its token does not. One secret serves both sides,
/// which nobody could do with the real thing.
/// </remarks>
internal sealed class FakeKeys : IFakeKeys
{
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes);
    private uint _epoch = 1;

    /// <summary>Begins the next epoch.</summary>
    public void Rotate() => _epoch++;

    /// <summary>Returns the key of a type that is in force.</summary>
    public KeyId KeyOf(IndicatorType type)
    {
        var hash = Hash(Encoding.ASCII.GetBytes($"{type} {_epoch}"));
        return new KeyId(type, _epoch, BinaryPrimitives.ReadUInt64BigEndian(hash));
    }

    /// <summary>Makes an identifier's token.</summary>
    public EvaluatedIdentifier Evaluate(KeyId keyId, Identifier identifier)
    {
        var digest = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(digest, identifier.ComputeDigest(_secret));
        var element = Hash(digest);
        return new EvaluatedIdentifier(keyId, TokenOf(keyId, element), element);
    }

    /// <summary>Derives the token of an element.</summary>
    public Token TokenOf(KeyId keyId, ReadOnlySpan<byte> element) =>
        new(Hash([.. Encoding.ASCII.GetBytes(keyId.ToString()), .. element]));

    private byte[] Hash(byte[] input) => HMACSHA256.HashData(_secret, input);
}
