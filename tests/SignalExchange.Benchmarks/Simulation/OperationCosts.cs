namespace SignalExchange.Benchmarks.Simulation;

/// <summary>What operations cost a silo, as measured here, at the end of this machine's clock: processor time in microseconds.</summary>
/// <param name="Check">A call that checks one token that nobody reported, its entry in the access log included.</param>
/// <param name="Token">Each further token of such a call.</param>
/// <param name="Signal">A signal on a new indicator, in a batch of 100.</param>
/// <param name="Apply">Taking one change into the index.</param>
/// <param name="Rebuild">Reading one indicator from the log at a start.</param>
/// <param name="Commit">How long one lone signal waits for its acknowledgement, in milliseconds by the clock on the wall.</param>
/// <param name="BytesPerIndicator">What the index keeps of an indicator.</param>
/// <param name="BaseMebibytes">What a silo holds without indicators.</param>
/// <param name="Idle">How many cores a silo uses that nobody calls.</param>
internal sealed record OperationCosts(
    double Check,
    double Token,
    double Signal,
    double Apply,
    double Rebuild,
    double Commit,
    double BytesPerIndicator,
    double BaseMebibytes,
    double Idle
);
