using SignalExchange.Benchmarks.Processes;

namespace SignalExchange.Benchmarks.Compare;

/// <summary>A server that runs.</summary>
/// <param name="Process">Its process, which answers any question with <see cref="ProcessFacts"/>.</param>
/// <param name="Address">Where it listens.</param>
internal sealed record StagedServer(ChildProcess Process, Uri Address)
{
    /// <summary>Asks what it has used so far.</summary>
    public Task<ProcessFacts> Facts() => Process.Ask<ProcessFacts>("facts");
}
