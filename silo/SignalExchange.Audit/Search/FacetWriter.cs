using System.Runtime.InteropServices;

namespace SignalExchange.Audit.Search;

/// <summary>Gathers the bits that a transaction changes and writes each chunk of them once.</summary>
internal sealed class FacetWriter(SearchConnection connection)
{
    private readonly Dictionary<long, ulong[]> _changed = [];

    /// <summary>Sets the bit of an entry; value 0 stands for none and sets nothing.</summary>
    public void Set(Facet facet, long value, long index)
    {
        if (value != 0)
        {
            var place = Chunk.PlaceOf(index);
            BitsOf(FacetId.Of(facet, value, Chunk.Of(index)))[place / 64] |= 1UL << (place % 64);
        }
    }

    /// <summary>Clears bits.</summary>
    /// <param name="id">Of which facet, value and chunk.</param>
    /// <param name="mask">The bits to clear.</param>
    public void Clear(long id, ReadOnlySpan<ulong> mask)
    {
        var bits = BitsOf(id);
        for (var i = 0; i < bits.Length; i++)
        {
            bits[i] &= ~mask[i];
        }
    }

    /// <summary>Writes what was changed.</summary>
    public void Flush()
    {
        foreach (var (id, bits) in _changed.OrderBy(it => it.Key))
        {
            var stored = ChunkBits.Encode(bits);
            if (stored.Length == 0)
            {
                connection["DELETE FROM facet WHERE id = ?1"].Bind(1, id).Run();
            }
            else
            {
                connection["INSERT OR REPLACE INTO facet (id, bits) VALUES (?1, ?2)"].Bind(1, id).Bind(2, stored).Run();
            }
        }

        _changed.Clear();
    }

    private ulong[] BitsOf(long id)
    {
        ref var bits = ref CollectionsMarshal.GetValueRefOrAddDefault(_changed, id, out _);
        return bits ??= Read(id);
    }

    private ulong[] Read(long id)
    {
        var bits = new ulong[Chunk.Words];
        var stored = connection["SELECT bits FROM facet WHERE id = ?1"].Bind(1, id);
        if (stored.Step())
        {
            ChunkBits.Decode(stored.Blob(0), bits);
        }

        stored.Reset();
        return bits;
    }
}
