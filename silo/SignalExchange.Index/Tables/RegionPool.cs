using System.Numerics;

namespace SignalExchange.Index.Tables;

/// <summary>The memory of large tables, handed on from one to the next, and never taken from under a reader.</summary>
/// <remarks>
/// A table is built anew for every few entries in a hundred. The garbage collector would keep the gaps that old tables
/// leave between those that stay: half the index's size again. Safe from any thread.
/// </remarks>
internal sealed class RegionPool
{
    private readonly Lock _lock = new();
    private readonly Dictionary<nuint, Stack<Region>> _free = [];

    /// <summary>Gets how many regions there are, in use or not.</summary>
    public int Count { get; private set; }

    /// <summary>Returns a region with room for so many bytes. What is in it is undefined.</summary>
    public Region Rent(nuint bytes)
    {
        var size = BitOperations.RoundUpToPowerOf2(bytes);
        lock (_lock)
        {
            if (_free.TryGetValue(size, out var free) && free.TryPop(out var region))
            {
                return region;
            }

            Count++;
            return new Region(size);
        }
    }

    /// <summary>Takes a region back, and its pages from it. Readers may still be about: they find zeros, or another table.</summary>
    public void Return(Region region)
    {
        region.Discard();
        lock (_lock)
        {
            if (!_free.TryGetValue(region.Bytes, out var free))
            {
                _free[region.Bytes] = free = new();
            }

            free.Push(region);
        }
    }
}
