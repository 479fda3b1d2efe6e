using System.Buffers;
using SignalExchange.Index.Tables;

namespace SignalExchange.Index;

/// <summary>What a shard of the index held at a place in its log.</summary>
/// <remarks>Disposal gives the memory to the next one.</remarks>
internal readonly struct ShardCapture(ShardMark mark, int count) : IDisposable
{
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(count * PackedEntry.Size);

    /// <summary>Gets the place.</summary>
    public ShardMark Mark => mark;

    /// <summary>Gets the number of entries.</summary>
    public int Count => count;

    /// <summary>Gets the entries, as <see cref="Lines.Pack"/> writes them.</summary>
    public Span<byte> Entries => _buffer.AsSpan(0, count * PackedEntry.Size);

    /// <summary>Gets the entries, as <see cref="Lines.Pack"/> writes them.</summary>
    public ReadOnlyMemory<byte> Packed => _buffer.AsMemory(0, count * PackedEntry.Size);

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);
}
