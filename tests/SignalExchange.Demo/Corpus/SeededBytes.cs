using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SignalExchange.Demo.Corpus;

/// <summary>A repeatable stream of bytes from a seed: SHA-256 in counter mode.</summary>
internal sealed class SeededBytes(string seed)
{
    private readonly byte[] _seed = Encoding.UTF8.GetBytes(seed);
    private long _counter;

    public byte[] Next(int count)
    {
        var bytes = new byte[count];
        for (var filled = 0; filled < count; )
        {
            var block = NextBlock();
            var taken = Math.Min(block.Length, count - filled);
            block.AsSpan(0, taken).CopyTo(bytes.AsSpan(filled));
            filled += taken;
        }

        return bytes;
    }

    /// <summary>A number from 0 to less than <paramref name="below"/>; its bias is below 2^-32 for the sizes used here.</summary>
    public int NextInt(int below) => (int)(BinaryPrimitives.ReadUInt64LittleEndian(Next(8)) % (ulong)below);

    public T Pick<T>(IReadOnlyList<T> choices) => choices[NextInt(choices.Count)];

    private byte[] NextBlock()
    {
        var input = new byte[_seed.Length + sizeof(long)];
        _seed.CopyTo(input, 0);
        BinaryPrimitives.WriteInt64LittleEndian(input.AsSpan(_seed.Length), _counter++);
        return SHA256.HashData(input);
    }
}
