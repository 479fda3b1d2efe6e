using SignalExchange.Faults.Tests.Histories;

namespace SignalExchange.Faults.Tests.Rules;

/// <summary>A member has one signal on a subject, a submission one effect, and a revision one submission.</summary>
internal sealed class NothingStandsTwice : IHistoryRule
{
    public IEnumerable<string> FindViolations(History history)
    {
        var accepted = history.Writes.Where(write => write.Fate == Fate.Accepted).ToList();
        return SeenTwice(history)
            .Concat(
                Differing(accepted, write => write.Pair, write => write.Signal)
                    .Select(pair => $"{pair.Member} has several signals on subject {pair.Subject}.")
            )
            .Concat(
                Differing(accepted, write => write.Signal, write => write.Pair)
                    .Select(signal => $"Signal {signal} is several members' or on several subjects.")
            )
            .Concat(
                Differing(accepted, write => (write.Kind, write.Id), write => (write.Signal, write.Revision))
                    .Select(one => $"{one.Kind} {one.Id} was acknowledged with several effects.")
            )
            .Concat(
                Differing(
                        accepted.Where(write => write.IsChange),
                        write => (write.Signal, write.Revision),
                        write => (write.Kind, write.Id)
                    )
                    .Select(one => $"Revision {one.Revision} of signal {one.Signal} was made several times.")
            );
    }

    private static IEnumerable<string> SeenTwice(History history) =>
        from it in history.Answers
        where
            it.Answer.Signals.DistinctBy(seen => seen.Signal).Count() < it.Answer.Signals.Count
            || it.Answer.Signals.DistinctBy(seen => seen.Owner).Count() < it.Answer.Signals.Count
        select $"Silo {it.Read.Silo} answered with a signal, or a member, twice on subject {it.Answer.Subject}.";

    private static IEnumerable<TKey> Differing<TKey, TValue>(
        IEnumerable<Write> writes,
        Func<Write, TKey> keyOf,
        Func<Write, TValue> valueOf
    ) =>
        writes.GroupBy(keyOf).Where(group => group.Select(valueOf).Distinct().Skip(1).Any()).Select(group => group.Key);
}
