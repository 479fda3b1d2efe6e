using SignalExchange.TransparencyLog.Notes;
using SignalExchange.TransparencyLog.Witnessing;

namespace SignalExchange.TransparencyLog.Tests.Witnessing;

internal sealed class MemoryWitnessState : IWitnessState
{
    private readonly Dictionary<string, SignedNote> _checkpoints = [];

    public IReadOnlyCollection<SignedNote> Checkpoints => _checkpoints.Values;

    public void Save(SignedNote note) => _checkpoints[Checkpoint.Of(note).Origin] = note;
}
