using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SignalExchange.Contracts;

namespace SignalExchange.Index.Templates;

/// <summary>Fingerprints of the last distinct ads that were asked about: what a new template is tried on.</summary>
/// <remarks>
/// 48 times 32 bits of keyed hashes an ad, the key of this process, in memory only and for the days of the window at most; the oldest
/// makes room for the newest. Not safe for two threads at once; its owner holds a lock.
/// </remarks>
internal sealed class RecentAds(int capacity)
{
    private readonly uint[] _fingerprints = new uint[capacity * Limits.BandsPerAd];
    private readonly ulong[] _digests = new ulong[capacity];
    private readonly long[] _days = new long[capacity];
    private readonly ulong[] _members = new ulong[capacity];
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

        Forget(_next);
        _digests[_next] = digest;
        _days[_next] = day;
        _members[_next] = member;
        var fingerprints = FingerprintsAt(_next);
        for (var band = 0; band < hashes.Length; band++)
        {
            fingerprints[band] = AdBands.FingerprintOf(hashes[band]);
        }

        _next = (_next + 1) % capacity;
        return true;
    }

    /// <summary>Counts the ads that agree with another in enough bands.</summary>
    /// <param name="hashes">The other.</param>
    /// <param name="member">Whose ads all count.</param>
    /// <param name="share">How many of each other member's count at most.</param>
    /// <param name="ignored">A bit for each band that does not count.</param>
    /// <param name="threshold">How many must agree.</param>
    public int CountMatches(ReadOnlySpan<ulong> hashes, ulong member, int share, ulong ignored, int threshold)
    {
        Span<uint> wanted = stackalloc uint[Limits.BandsPerAd];
        for (var band = 0; band < wanted.Length; band++)
        {
            wanted[band] = AdBands.FingerprintOf(hashes[band]);
        }

        var matches = new Dictionary<ulong, int>();
        for (var place = 0; place < capacity; place++)
        {
            if (_digests[place] != 0 && CountAgreeing(FingerprintsAt(place), wanted, ignored) >= threshold)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(matches, _members[place], out _)++;
            }
        }

        return matches.Sum(of => of.Key == member ? of.Value : Math.Min(of.Value, share));
    }

    /// <summary>Forgets ads that were asked about before a day.</summary>
    public void ForgetBefore(long day)
    {
        for (var place = 0; place < capacity; place++)
        {
            if (_digests[place] != 0 && _days[place] < day)
            {
                Forget(place);
            }
        }
    }

    private static int CountAgreeing(ReadOnlySpan<uint> one, ReadOnlySpan<uint> other, ulong ignored)
    {
        var agreeing = 0UL;
        var ones = MemoryMarshal.Cast<uint, Vector256<uint>>(one);
        var others = MemoryMarshal.Cast<uint, Vector256<uint>>(other);
        for (var i = 0; i < ones.Length; i++)
        {
            var bits = (ulong)Vector256.Equals(ones[i], others[i]).ExtractMostSignificantBits();
            agreeing |= bits << (i * Vector256<uint>.Count);
        }

        return BitOperations.PopCount(agreeing & ~ignored);
    }

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

    private void Forget(int place)
    {
        _known.Remove(_digests[place]);
        _digests[place] = 0;
        FingerprintsAt(place).Clear();
    }

    private Span<uint> FingerprintsAt(int place) => _fingerprints.AsSpan(place * Limits.BandsPerAd, Limits.BandsPerAd);
}
