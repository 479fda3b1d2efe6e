using SignalExchange.Storage.Archives;

namespace SignalExchange.Storage.Azure.States;

/// <summary>All grain states as they were together.</summary>
/// <param name="States">They.</param>
/// <param name="Versions">Which rows there were, and each one's version.</param>
internal sealed record StateMoment(
    IReadOnlyList<ArchivedState> States,
    IReadOnlySet<(string Partition, string Row, string ETag)> Versions
);
