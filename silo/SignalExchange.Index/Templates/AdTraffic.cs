using Microsoft.Extensions.Options;
using SignalExchange.Contracts;

namespace SignalExchange.Index.Templates;

/// <summary>What this silo remembers of the ads that were asked about: counts of bands, and salted fingerprints of the last ads.</summary>
/// <remarks>
/// <para>
/// In memory only, for the days of the window; neither a token nor anything that outlives the process. An ad that is among the last ones
/// already counts once. Safe from any thread; one waits for the other, for some microseconds an ad.
/// </para>
/// <para>
/// Nobody decides alone what is common: a band is ignored for all when several members' ads have it, since of one member's no more count than
/// its share of what makes a stop-band. What only one member's ads have, its own boilerplate, is ignored for that member alone; so whoever makes
/// ads up to blind a template blinds itself.
/// </para>
/// </remarks>
public sealed class AdTraffic
{
    private readonly Lock _gate = new();
    private readonly TemplateOptions _options;
    private readonly TimeProvider _clock;
    private readonly long _started;
    private RecentAds? _recent;
    private BandCounts? _counts;
    private BandCounts? _ownCounts;
    private AdShares? _shares;

    /// <summary>Creates it, empty.</summary>
    public AdTraffic(IOptions<TemplateOptions> options, TimeProvider clock) =>
        (_options, _clock, _started) = (options.Value, clock, clock.GetTimestamp());

    /// <summary>Takes note of an ad.</summary>
    internal void Note(ReadOnlySpan<ulong> hashes, ulong member)
    {
        var day = Today;
        Span<ulong> own = stackalloc ulong[Limits.BandsPerAd];
        NameOwn(hashes, member, own);
        lock (_gate)
        {
            _recent ??= new(_options.DryRunAds);
            _counts ??= new(_options.WindowDays);
            _ownCounts ??= new(_options.WindowDays);
            _shares ??= new(_options.WindowDays);
            if (_recent.TryAdd(hashes, member, day))
            {
                _counts.MoveTo(day);
                _ownCounts.MoveTo(day);
                _shares.Add(member, day);
                var spent = _ownCounts.FindAbove(own, ShareOf(StopBandLimit(CountedOf(_shares))) - 1);
                _counts.Add(hashes, ~spent, day);
                _ownCounts.Add(own, ulong.MaxValue, day);
            }
        }
    }

    /// <summary>Returns a bit for each band that so many ads have that it says nothing: of several members, or of the one that asks.</summary>
    internal ulong FindStopBands(ReadOnlySpan<ulong> hashes, ulong member)
    {
        Span<ulong> own = stackalloc ulong[Limits.BandsPerAd];
        NameOwn(hashes, member, own);
        lock (_gate)
        {
            if (_counts is not { } counts || _ownCounts is not { } ownCounts || _shares is not { } shares)
            {
                return 0;
            }

            counts.MoveTo(Today);
            ownCounts.MoveTo(Today);
            shares.MoveTo(Today);
            return counts.FindAbove(hashes, StopBandLimit(CountedOf(shares)))
                | ownCounts.FindAbove(own, StopBandLimit(shares.Of(member)));
        }
    }

    /// <summary>Returns whether a template would match more of the last ads than it may: all of the member's own count, of each other's its share.</summary>
    internal bool WouldMatchTooMany(ReadOnlySpan<ulong> hashes, ulong member, ulong ignored, int threshold)
    {
        if (CopyRecent() is not { } recent)
        {
            return false;
        }

        var limit = Math.Max(_options.DryRunMinAds, (int)(recent.Count * _options.DryRunShare));
        return recent.CountMatches(hashes, member, (int)ShareOf(limit), ignored, threshold) > limit;
    }

    /// <summary>Forgets what is older than the window.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _counts?.MoveTo(Today);
            _ownCounts?.MoveTo(Today);
            _shares?.MoveTo(Today);
            _recent?.ForgetBefore(Today - _options.WindowDays + 1);
        }
    }

    // Days since this process began to count, by the clock that nobody sets: one that jumped ahead would end the week, and set back again count
    // into a day that does not pass.
    private long Today => _clock.GetElapsedTime(_started).Ticks / TimeSpan.TicksPerDay;

    // The dry run looks at all of them: nobody who asks about an ad waits for that.
    private RecentAdsCopy? CopyRecent()
    {
        lock (_gate)
        {
            return _recent?.Copy();
        }
    }

    private long StopBandLimit(long ads) => Math.Max(_options.StopBandMinAds, (long)(ads * _options.StopBandShare));

    private long CountedOf(AdShares shares) => _options.StopBandMembers == 1 ? shares.Total : shares.Counted;

    // So many members at their shares are one more than the limit, and one fewer are not.
    private long ShareOf(long limit) => (limit / _options.StopBandMembers) + 1;

    // A band under a member's name: another cell of the sketch for each of the two.
    private static void NameOwn(ReadOnlySpan<ulong> hashes, ulong member, Span<ulong> own)
    {
        for (var band = 0; band < hashes.Length; band++)
        {
            own[band] = hashes[band] ^ member;
        }
    }
}
