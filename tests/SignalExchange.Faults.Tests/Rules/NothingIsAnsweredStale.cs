using SignalExchange.Faults.Tests.Histories;

namespace SignalExchange.Faults.Tests.Rules;

/// <summary>
/// No answer lacks a signal that was acknowledged at or before the position that the answer states, or longer ago than an answer may be
/// old; and no withdrawal of such a signal is refused.
/// </summary>
internal sealed class NothingIsAnsweredStale : IHistoryRule
{
    public IEnumerable<string> FindViolations(History history)
    {
        var submissions = history.Writes.Where(write => write.IsAcceptedSubmission).ToLookup(write => write.Subject);
        var withdrawals = history
            .Writes.Where(write => write is { Kind: WriteKind.Withdrawal, Fate: not Fate.Refused })
            .ToLookup(write => write.Pair);
        var refused =
            from withdrawal in history.Writes
            where withdrawal is { Kind: WriteKind.Withdrawal, Fate: Fate.Refused }
            where
                submissions[withdrawal.Subject]
                    .Any(write => write.Pair == withdrawal.Pair && write.Time.IsBefore(withdrawal.Time))
            select $"Silo {withdrawal.Silo} refused {withdrawal.Member} the withdrawal of a signal on subject {withdrawal.Subject} that had been acknowledged.";
        var lacking =
            from it in history.Answers
            from write in submissions[it.Answer.Subject]
            let isDue = write.Sequence <= it.AsOf || write.Time.Ended + history.FreshnessLimit < it.Read.Time.Started
            where
                isDue
                && !it.Answer.Signals.Any(seen => seen.Signal == write.Signal)
                && withdrawals[write.Pair].All(withdrawal => it.Read.Time.IsBefore(withdrawal.Time))
            select $"Silo {it.Read.Silo} answered at {it.AsOf} without signal {write.Signal} of {write.Member} on subject {write.Subject}, acknowledged at "
                + $"{write.Sequence}, {(it.Read.Time.Started - write.Time.Ended).TotalMilliseconds:F0} ms before it was asked.";
        return lacking.Concat(refused);
    }
}
