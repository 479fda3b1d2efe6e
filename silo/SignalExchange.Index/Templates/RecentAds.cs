using System.Numerics;

namespace SignalExchange.Index.Templates;

/// <summary>Fingerprints of the last distinct ads that were asked about: what a new template is tried on.</summary>
/// <remarks>
/// 48 times 32 bits of keyed hashes an ad, the key of this process, in memory only and for the days of the window at most; the oldest
/// makes room for the newest. Not safe for two threads at once; its owner holds a lock. A copy shares the blocks that ads lie in, and costs
/// a reference for each; a shared one is copied before it changes, so that a copy of all ads costs their owner one block now and then.
/// </remarks>
internal sealed class RecentAds(int capacity)
{
    private readonly RecentAdBlock?[] _blocks = new RecentAdBlock?[
        (capacity + RecentAdBlock.Size - 1) / RecentAdBlock.Size
    ];
    private readonly HashSet<ulong> _known = [];
    private int _next;

    /// <summary>Gets how many ads there are.</summary>
    public int Count => _known.Count;

    /// <summary>Takes an ad in.</summary>
    /// <returns>False if it is there already.</returns>
    public bool TryAdd(ReadOnlySpan<ulong> hashes, ulong member, long day)
    {
        var digest = DigestOf(hashes);
        if (capacity == 0 || !_known.Add(digest))
        {
            return capacity == 0;
        }

        var (block, place) = (Writable(_next / RecentAdBlock.Size), _next % RecentAdBlock.Size);
        _known.Remove(block.DigestAt(place));
        block.Set(place, hashes, digest, member, day);
        _next = (_next + 1) % capacity;
        return true;
    }

    /// <summary>Returns the ads as they are now.</summary>
    public RecentAdsCopy Copy()
    {
        var blocks = _blocks.OfType<RecentAdBlock>().ToArray();
        foreach (var block in blocks)
        {
            block.IsShared = true;
        }

        return new(blocks, Count);
    }

    /// <summary>Forgets ads that were asked about before a day.</summary>
    public void ForgetBefore(long day)
    {
        for (var place = 0; place < capacity; place++)
        {
            var (number, at) = Math.DivRem(place, RecentAdBlock.Size);
            if (_blocks[number] is { } block && block.DigestAt(at) != 0 && block.DayAt(at) < day)
            {
                _known.Remove(block.DigestAt(at));
                Writable(number).Clear(at);
            }
        }
    }

    private RecentAdBlock Writable(int number) =>
        _blocks[number] switch
        {
            null => _blocks[number] = new(),
            { IsShared: true } shared => _blocks[number] = shared.Clone(),
            var own => own,
        };

    // Zero marks a free place.
    private static ulong DigestOf(ReadOnlySpan<ulong> hashes)
    {
        var digest = 0UL;
        foreach (var hash in hashes)
        {
            digest = unchecked((BitOperations.RotateLeft(digest, 5) ^ hash) * 0x9E3779B97F4A7C15);
        }

        return Math.Max(digest, 1);
    }
}
