using System.Security.Cryptography;
using SignalExchange.Contracts;

namespace SignalExchange.Benchmarks.Index;

/// <summary>Random tokens, end to end in one array.</summary>
internal sealed class TokenSet(byte[] packed)
{
    /// <summary>Gets how many there are.</summary>
    public int Count => packed.Length / Token.Size;

    /// <summary>Gets them all.</summary>
    public ReadOnlySpan<byte> Packed => packed;

    /// <summary>Gets one.</summary>
    public ReadOnlySpan<byte> this[int index] => packed.AsSpan(index * Token.Size, Token.Size);

    /// <summary>Draws new ones.</summary>
    public static TokenSet Draw(int count) => new(RandomNumberGenerator.GetBytes(checked(count * Token.Size)));

    /// <summary>Returns a copy of some, drawn from all, in no order.</summary>
    public TokenSet Pick(int count)
    {
        var picked = new byte[count * Token.Size];
        for (var i = 0; i < count; i++)
        {
            this[RandomNumberGenerator.GetInt32(Count)].CopyTo(picked.AsSpan(i * Token.Size));
        }

        return new(picked);
    }

    /// <summary>Returns a copy in which every so manieth is replaced by another set's.</summary>
    public TokenSet Mix(TokenSet others, int every)
    {
        var mixed = packed.ToArray();
        for (var i = 0; i < Count; i += every)
        {
            others[i].CopyTo(mixed.AsSpan(i * Token.Size));
        }

        return new(mixed);
    }
}
