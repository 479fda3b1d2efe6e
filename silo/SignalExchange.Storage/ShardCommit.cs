namespace SignalExchange.Storage;

/// <summary>One fenced transaction on a shard: the head moves, a log row is added, indicator rows change; all or nothing.</summary>
/// <param name="ExpectedHead">The sequence at which the head must stand; the row's first sequence is one more.</param>
/// <param name="Row">The log row.</param>
/// <param name="Indicators">The indicators' new states, one a change, in the order of the row's changes.</param>
public sealed record ShardCommit(long ExpectedHead, LogRow Row, IReadOnlyList<IndicatorWrite> Indicators);
