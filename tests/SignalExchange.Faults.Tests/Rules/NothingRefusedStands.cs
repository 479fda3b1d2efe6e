using SignalExchange.Faults.Tests.Histories;

namespace SignalExchange.Faults.Tests.Rules;

/// <summary>What an answer holds was submitted before, and not refused.</summary>
internal sealed class NothingRefusedStands : IHistoryRule
{
    public IEnumerable<string> FindViolations(History history)
    {
        var possible = history
            .Writes.Where(write => write is { Kind: WriteKind.Submission, Fate: not Fate.Refused })
            .ToLookup(write => write.Pair);
        return from it in history.Answers
            from seen in it.Answer.Signals
            let writes = possible[(seen.Owner, it.Answer.Subject)]
            where
                writes.All(write => it.Read.Time.IsBefore(write.Time))
                || writes.Any(write => write.Fate == Fate.Accepted && write.Signal != seen.Signal)
            select $"Silo {it.Read.Silo} answered with signal {seen.Signal} of {seen.Owner} on subject {it.Answer.Subject}, which nobody had submitted, "
                + "or whose submission was refused.";
    }
}
