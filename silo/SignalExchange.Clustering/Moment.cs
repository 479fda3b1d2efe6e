namespace SignalExchange.Clustering;

/// <summary>A point of this process's time, by which it judges how old something is that it was told.</summary>
/// <param name="Timestamp">The monotonic clock, which no operator can set.</param>
/// <param name="Utc">The wall clock, which goes on while a paused machine's monotonic clock stands still.</param>
public readonly record struct Moment(long Timestamp, DateTimeOffset Utc)
{
    /// <summary>Long ago: whatever is of this moment is too old.</summary>
    public static readonly Moment Never = new(0, DateTimeOffset.MinValue);

    /// <summary>Returns the present moment.</summary>
    public static Moment Now(TimeProvider time) => new(time.GetTimestamp(), time.GetUtcNow());

    /// <summary>Returns how much older than another moment this one is, by whichever clock says more.</summary>
    /// <remarks>A clock that jumps ahead makes things look old, which is safe; one set back is outvoted by the other.</remarks>
    public TimeSpan AgeAt(Moment later, TimeProvider time)
    {
        var monotonic = time.GetElapsedTime(Timestamp, later.Timestamp);
        var wall = later.Utc - Utc;
        return this == Never ? TimeSpan.MaxValue
            : monotonic > wall ? monotonic
            : wall;
    }
}
