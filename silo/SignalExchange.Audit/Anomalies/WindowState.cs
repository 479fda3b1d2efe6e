using SignalExchange.Audit.Search;

namespace SignalExchange.Audit.Anomalies;

/// <summary>Two counts over a window that moves on in twelfths, so that a state stays small whatever the traffic.</summary>
internal sealed class WindowState
{
    private const int BucketsAWindow = 12;

    /// <summary>Gets or sets the buckets, oldest first.</summary>
    public List<WindowBucket> Buckets { get; set; } = [];

    /// <summary>Gets or sets the last entries.</summary>
    public List<long> Indexes { get; set; } = [];

    /// <summary>Gets or sets until when nothing more is told, in milliseconds since 1970.</summary>
    public long QuietUntil { get; set; }

    /// <summary>Counts an entry, and forgets what is older than the window.</summary>
    public void Add(AuditedEntry entry, TimeSpan window, long all, long some)
    {
        var number = entry.Time / ((long)window.TotalMilliseconds / BucketsAWindow);
        Buckets.RemoveAll(it => it.Number <= number - BucketsAWindow);
        if (Buckets.Count > 0 && Buckets[^1].Number == number)
        {
            var last = Buckets[^1];
            Buckets[^1] = last with { All = last.All + all, Some = last.Some + some };
        }
        else
        {
            Buckets.Add(new(number, entry.Index, all, some));
        }

        RecentIndexes.Push(Indexes, entry.Index);
    }

    /// <summary>Returns the counts of the window.</summary>
    public (long All, long Some) Sums() => (Buckets.Sum(it => it.All), Buckets.Sum(it => it.Some));

    /// <summary>Returns the finding, unless one was told within the window before.</summary>
    public Finding? Tell(AuditedEntry entry, TimeSpan window, long measured, long threshold)
    {
        if (entry.Time < QuietUntil)
        {
            return null;
        }

        QuietUntil = entry.Time + (long)window.TotalMilliseconds;
        var first = Buckets[0].First;
        return new(measured, threshold, first, RecentIndexes.From(Indexes, first), IsAboutKey: false);
    }
}
