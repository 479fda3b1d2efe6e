using Microsoft.Extensions.Options;

namespace SignalExchange.Clustering;

/// <summary>Whether this silo knows that it still is a member, and that its view of the membership is no older than a limit.</summary>
/// <remarks>
/// A silo that was stopped for a while, or cut off, believes what it knew before. Others may have declared it dead meanwhile and done
/// its work; so it does none until it has asked again. Safe from any thread.
/// </remarks>
public sealed class ClusterStanding(IOptions<StandingOptions> options, TimeProvider time)
{
    private readonly Lock _gate = new();
    private Moment _confirmed = Moment.Never;

    /// <summary>Gets whether the view was confirmed within <see cref="StandingOptions.StandingLimit"/>.</summary>
    public bool Holds => Confirmed.AgeAt(Moment.Now(time), time) <= options.Value.StandingLimit;

    /// <summary>Gets when that was; <see cref="Moment.Never"/> at first.</summary>
    public Moment Confirmed
    {
        get
        {
            lock (_gate)
            {
                return _confirmed;
            }
        }
    }

    /// <summary>Takes note that the view was the newest at a moment.</summary>
    /// <param name="asked">When the question was asked: the answer may have been true then only.</param>
    public void Confirm(Moment asked)
    {
        lock (_gate)
        {
            _confirmed = asked.Timestamp > _confirmed.Timestamp ? asked : _confirmed;
        }
    }
}
