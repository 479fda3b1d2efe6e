using SignalExchange.Faults.Tests.Histories;

namespace SignalExchange.Faults.Tests.Rules;

/// <summary>Every silo answers with every signal that was acknowledged, in that revision or a later one, unless its member withdrew it or tried to.</summary>
internal sealed class NothingAcknowledgedIsLost : IHistoryRule
{
    public IEnumerable<string> FindViolations(History history)
    {
        var withdrawn = history
            .Writes.Where(write => write is { Kind: WriteKind.Withdrawal, Fate: not Fate.Refused })
            .Select(write => write.Pair)
            .ToHashSet();
        var answers = history
            .FinalReads.SelectMany(read => read.Answers.Select(answer => (read.Silo, answer)))
            .ToLookup(it => (it.Silo, it.answer.Subject), it => it.answer);
        return from write in history.Writes
            where write.IsAcceptedSubmission && !withdrawn.Contains(write.Pair)
            from silo in Enumerable.Range(0, history.Silos)
            let finals = answers[(silo, write.Subject)]
            where !finals.Any() || finals.Any(answer => !answer.Signals.Any(seen => Holds(seen, write)))
            select finals.Any()
                ? $"Silo {silo} does not know of revision {write.Revision} of signal {write.Signal} of {write.Member} on subject {write.Subject}, acknowledged at {write.Sequence}."
                : $"Silo {silo} was not asked about subject {write.Subject} in the end.";
    }

    private static bool Holds(SeenSignal seen, Write write) =>
        seen.Signal == write.Signal && seen.Revision >= write.Revision;
}
