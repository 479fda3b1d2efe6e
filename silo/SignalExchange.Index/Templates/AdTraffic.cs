using Microsoft.Extensions.Options;

namespace SignalExchange.Index.Templates;

/// <summary>What this silo remembers of the ads that were asked about: counts of bands, and salted fingerprints of the last ads.</summary>
/// <remarks>
/// In memory only, for the days of the window; neither a token nor anything that outlives the process. An ad that is among the last ones
/// already counts once. Safe from any thread; one waits for the other, for some microseconds an ad.
/// </remarks>
public sealed class AdTraffic
{
    private readonly Lock _gate = new();
    private readonly TemplateOptions _options;
    private readonly TimeProvider _clock;
    private RecentAds? _recent;
    private BandCounts? _counts;

    /// <summary>Creates it, empty.</summary>
    public AdTraffic(IOptions<TemplateOptions> options, TimeProvider clock) =>
        (_options, _clock) = (options.Value, clock);

    /// <summary>Takes note of an ad.</summary>
    internal void Note(ReadOnlySpan<ulong> hashes)
    {
        var day = Today;
        lock (_gate)
        {
            _recent ??= new(_options.DryRunAds);
            _counts ??= new(_options.WindowDays);
            if (_recent.TryAdd(hashes, day))
            {
                _counts.Add(hashes, day);
            }
        }
    }

    /// <summary>Returns a bit for each band that so many ads have that it says nothing.</summary>
    internal ulong FindStopBands(ReadOnlySpan<ulong> hashes)
    {
        lock (_gate)
        {
            if (_counts is not { } counts)
            {
                return 0;
            }

            counts.MoveTo(Today);
            var limit = Math.Max(_options.StopBandMinAds, (long)(counts.Ads * _options.StopBandShare));
            return counts.FindAbove(hashes, limit);
        }
    }

    /// <summary>Returns whether a template would match more of the last ads than it may.</summary>
    internal bool WouldMatchTooMany(ReadOnlySpan<ulong> hashes, ulong ignored, int threshold)
    {
        lock (_gate)
        {
            if (_recent is not { } recent)
            {
                return false;
            }

            var limit = Math.Max(_options.DryRunMinAds, (int)(recent.Count * _options.DryRunShare));
            return recent.CountMatches(hashes, ignored, threshold) > limit;
        }
    }

    /// <summary>Forgets what is older than the window.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _counts?.MoveTo(Today);
            _recent?.ForgetBefore(Today - _options.WindowDays + 1);
        }
    }

    private long Today => _clock.GetUtcNow().Ticks / TimeSpan.TicksPerDay;
}
