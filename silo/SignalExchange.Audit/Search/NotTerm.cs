namespace SignalExchange.Audit.Search;

/// <summary>Entries that another condition doesn't match.</summary>
internal sealed class NotTerm(ISearchTerm inner) : ISearchTerm
{
    private readonly ulong[] _bits = new ulong[Chunk.Words];

    public long? Seek(long chunk, bool isDescending) => chunk;

    public void Intersect(long chunk, Span<ulong> bits)
    {
        _bits.AsSpan().Fill(ulong.MaxValue);
        inner.Intersect(chunk, _bits);
        for (var i = 0; i < bits.Length; i++)
        {
            bits[i] &= ~_bits[i];
        }
    }
}
