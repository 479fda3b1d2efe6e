using SignalExchange.Contracts.V1;

namespace SignalExchange.Grains.Census;

/// <summary>Counts withdrawals of the last thirty days, and keeps the newest. One thread.</summary>
internal sealed class RetractionTally(DateTimeOffset now)
{
    private const int MaxNewest = 100;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    private readonly List<Signal> _month = [];

    /// <summary>Counts a signal that was withdrawn.</summary>
    public void Add(Signal signal)
    {
        if (AgeOf(signal) < Month)
        {
            _month.Add(signal);
        }
    }

    /// <summary>Returns the counts, by reason.</summary>
    public IEnumerable<RetractionCount> Counts() =>
        _month
            .GroupBy(signal => signal.RetractionReason)
            .OrderBy(group => group.Key)
            .Select(group => new RetractionCount
            {
                Reason = group.Key,
                Day = (ulong)group.Count(signal => AgeOf(signal) < Day),
                Week = (ulong)group.Count(signal => AgeOf(signal) < Week),
                Month = (ulong)group.Count(),
                MedianHours = (ulong)MedianOf([.. group.Select(LifeOf).Order()]).TotalHours,
            });

    /// <summary>Returns the newest, newest first.</summary>
    public IEnumerable<Retraction> Newest() =>
        _month
            .OrderBy(AgeOf)
            .Take(MaxNewest)
            .Select(signal => new Retraction
            {
                MemberId = signal.Owner,
                Type = signal.Type,
                Reason = signal.RetractionReason,
                SubmittedAt = signal.SubmittedAt,
                WithdrawnAt = signal.ModifiedAt,
            });

    private TimeSpan AgeOf(Signal signal) => now - signal.ModifiedAt.ToDateTimeOffset();

    private static TimeSpan LifeOf(Signal signal) =>
        signal.ModifiedAt.ToDateTimeOffset() - signal.SubmittedAt.ToDateTimeOffset();

    private static TimeSpan MedianOf(TimeSpan[] ascending) => ascending[(ascending.Length - 1) / 2];
}
