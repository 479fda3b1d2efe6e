namespace SignalExchange.Faults.Tests.Histories;

/// <summary>An answered check.</summary>
/// <param name="Silo">Who answered.</param>
/// <param name="Time">When.</param>
/// <param name="AsOf">The stated position of each shard asked.</param>
/// <param name="Answers">What was said.</param>
/// <param name="IsFinal">Whether it was asked after everything else, for an answer that takes all of the logs into account.</param>
internal sealed record Read(
    int Silo,
    Interval Time,
    IReadOnlyDictionary<int, ulong> AsOf,
    IReadOnlyList<Answer> Answers,
    bool IsFinal
);
