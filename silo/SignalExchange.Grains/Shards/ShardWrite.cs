using Google.Protobuf;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Signals;
using SignalExchange.Grains.StoredV1;
using SignalExchange.Storage;

namespace SignalExchange.Grains.Shards;

/// <summary>One indicator's new state on its way to the shard's log.</summary>
/// <param name="Token">The indicator, 32 bytes.</param>
/// <param name="ExpectedVersion">The version that its row has; 0 when there must be none.</param>
/// <param name="State">The state.</param>
/// <param name="Summary">What the index keeps, in the form of <see cref="SignalExchange.Storage.IndicatorSummary"/>.</param>
/// <param name="Detail">What happened, for the log.</param>
/// <param name="Writer">The silo on which the indicator's state is held.</param>
[GenerateSerializer]
[Immutable]
[Alias("signalexchange.shard-write")]
public sealed record ShardWrite(
    [property: Id(0)] byte[] Token,
    [property: Id(1)] long ExpectedVersion,
    [property: Id(2)] byte[] State,
    [property: Id(3)] uint Summary,
    [property: Id(4)] byte[] Detail,
    [property: Id(5)] SiloAddress Writer
)
{
    private static readonly TimeSpan LongestLead = TimeSpan.FromDays(3650);

    /// <summary>Makes the write of a state.</summary>
    /// <param name="token">The indicator.</param>
    /// <param name="expectedVersion">The version that its row has; 0 when there must be none.</param>
    /// <param name="state">The state, with what happened as its last change.</param>
    /// <param name="now">What has expired by then is not for the index.</param>
    /// <param name="writer">The silo on which the state is held.</param>
    internal static ShardWrite Of(
        Token token,
        long expectedVersion,
        IndicatorState state,
        DateTimeOffset now,
        SiloAddress writer
    ) =>
        new(
            token.ToArray(),
            expectedVersion,
            state.ToByteArray(),
            SummaryOf(state, now).Value,
            state.LastChange.ToByteArray(),
            writer
        );

    private static IndicatorSummary SummaryOf(IndicatorState state, DateTimeOffset now)
    {
        if (state.MovedTo is not null)
        {
            // What is live is known where it leads. It is forgotten when its key's overlap ends.
            return IndicatorSummary.LiveUntil(now + LongestLead);
        }

        var expiries = state.Signals.Where(signal => signal.IsLive(now)).Select(signal => signal.Statement.ExpiresAt);
        return IndicatorSummary.LiveUntil(expiries.Max()?.ToDateTimeOffset());
    }
}
