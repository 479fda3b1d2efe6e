using SignalExchange.Faults.Tests.Histories;

namespace SignalExchange.Faults.Tests.Rules;

/// <summary>A signal is gone from every answer at or after its acknowledged withdrawal, whatever is sent again.</summary>
internal sealed class WithdrawnStaysWithdrawn : IHistoryRule
{
    public IEnumerable<string> FindViolations(History history)
    {
        var withdrawals = history.Writes.Where(write => write.IsAcceptedWithdrawal).ToLookup(write => write.Pair);
        return from it in history.Answers
            from seen in it.Answer.Signals
            from withdrawal in withdrawals[(seen.Owner, it.Answer.Subject)]
            where
                it.AsOf >= withdrawal.Sequence || withdrawal.Time.Ended + history.FreshnessLimit < it.Read.Time.Started
            select $"Silo {it.Read.Silo} answered at {it.AsOf} with signal {seen.Signal} on subject {it.Answer.Subject}, withdrawn at {withdrawal.Sequence}.";
    }
}
