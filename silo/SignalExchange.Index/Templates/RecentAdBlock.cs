using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SignalExchange.Contracts;

namespace SignalExchange.Index.Templates;

/// <summary>Some of the last ads, in their places. Once it is shared it never changes; before, it is for one thread at a time.</summary>
internal sealed class RecentAdBlock
{
    /// <summary>How many ads it has room for: 54 KB, less than what the runtime keeps apart as large.</summary>
    public const int Size = 256;

    private readonly uint[] _fingerprints;
    private readonly ulong[] _digests;
    private readonly long[] _days;
    private readonly ulong[] _members;

    /// <summary>Creates one without ads.</summary>
    public RecentAdBlock() =>
        (_fingerprints, _digests, _days, _members) = (
            new uint[Size * Limits.BandsPerAd],
            new ulong[Size],
            new long[Size],
            new ulong[Size]
        );

    private RecentAdBlock(RecentAdBlock other) =>
        (_fingerprints, _digests, _days, _members) = (
            [.. other._fingerprints],
            [.. other._digests],
            [.. other._days],
            [.. other._members]
        );

    /// <summary>Gets or sets whether somebody else reads it as well.</summary>
    public bool IsShared { get; set; }

    /// <summary>Returns one with the same ads that nobody else reads.</summary>
    public RecentAdBlock Clone() => new(this);

    /// <summary>Returns the digest of the ad at a place; 0 for none.</summary>
    public ulong DigestAt(int place) => _digests[place];

    /// <summary>Returns on which day the ad at a place was asked about.</summary>
    public long DayAt(int place) => _days[place];

    /// <summary>Puts an ad at a place.</summary>
    public void Set(int place, ReadOnlySpan<ulong> hashes, ulong digest, ulong member, long day)
    {
        (_digests[place], _members[place], _days[place]) = (digest, member, day);
        var fingerprints = FingerprintsAt(place);
        for (var band = 0; band < hashes.Length; band++)
        {
            fingerprints[band] = AdBands.FingerprintOf(hashes[band]);
        }
    }

    /// <summary>Takes the ad at a place out.</summary>
    public void Clear(int place)
    {
        _digests[place] = 0;
        FingerprintsAt(place).Clear();
    }

    /// <summary>Counts, for each member, the ads that agree with another in enough bands.</summary>
    /// <param name="wanted">The other's fingerprints.</param>
    /// <param name="ignored">A bit for each band that does not count.</param>
    /// <param name="threshold">How many must agree.</param>
    /// <param name="matches">What is added to.</param>
    public void CountMatches(ReadOnlySpan<uint> wanted, ulong ignored, int threshold, Dictionary<ulong, int> matches)
    {
        for (var place = 0; place < Size; place++)
        {
            if (_digests[place] != 0 && CountAgreeing(FingerprintsAt(place), wanted, ignored) >= threshold)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(matches, _members[place], out _)++;
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

    private Span<uint> FingerprintsAt(int place) => _fingerprints.AsSpan(place * Limits.BandsPerAd, Limits.BandsPerAd);
}
