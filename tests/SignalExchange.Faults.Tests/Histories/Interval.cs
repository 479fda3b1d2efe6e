namespace SignalExchange.Faults.Tests.Histories;

/// <summary>From when a call was sent until its answer was there, by the clock of the process that recorded it.</summary>
internal readonly record struct Interval(TimeSpan Started, TimeSpan Ended)
{
    /// <summary>Whether this call was over when the other began: whatever it did had happened.</summary>
    public bool IsBefore(Interval other) => Ended < other.Started;

    /// <summary>Whether this began and was over while the other lasted.</summary>
    public bool IsWithin(Interval other) => Started > other.Started && Ended < other.Ended;

    /// <summary>Whether there was a time at which both were under way.</summary>
    public bool Overlaps(Interval other) => !IsBefore(other) && !other.IsBefore(this);
}
