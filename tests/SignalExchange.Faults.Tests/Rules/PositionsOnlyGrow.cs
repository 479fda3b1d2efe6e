using SignalExchange.Faults.Tests.Histories;

namespace SignalExchange.Faults.Tests.Rules;

/// <summary>
/// A change has its place to itself; what is acknowledged before something else is sent stands before it; and no silo states an
/// earlier position than it did before.
/// </summary>
internal sealed class PositionsOnlyGrow : IHistoryRule
{
    public IEnumerable<string> FindViolations(History history)
    {
        var changes = history.Writes.Where(write => write.IsChange).ToLookup(write => history.Shards[write.Subject]);
        var stated = history
            .Reads.SelectMany(read =>
                read.AsOf.Select(shard => (read.Silo, Shard: shard.Key, read.Time, At: shard.Value))
            )
            .ToLookup(it => (it.Silo, it.Shard));
        return changes
            .SelectMany(shard =>
                SharedPlaces(shard)
                    .Concat(
                        GoingBack(shard.Select(write => (write.Time, write.Sequence)), isStrict: true)
                            .Select(at => $"A change of shard {shard.Key} was acknowledged at {at} after a later one.")
                    )
            )
            .Concat(
                stated.SelectMany(silo =>
                    GoingBack(silo.Select(it => (it.Time, it.At)), isStrict: false)
                        .Select(at =>
                            $"Silo {silo.Key.Silo} stated position {at} of shard {silo.Key.Shard} after a later one."
                        )
                )
            );
    }

    private static IEnumerable<string> SharedPlaces(IGrouping<int, Write> shard) =>
        from place in shard.GroupBy(write => write.Sequence)
        where place.Select(write => (write.Kind, write.Id)).Distinct().Skip(1).Any()
        select $"Several changes of shard {shard.Key} were acknowledged at {place.Key}.";

    // Sweeps over the starts: of the calls that were over by then, the highest place must not be beyond this one's.
    private static IEnumerable<ulong> GoingBack(IEnumerable<(Interval Time, ulong At)> calls, bool isStrict)
    {
        var byStart = calls.OrderBy(call => call.Time.Started).ToList();
        var byEnd = new Queue<(Interval Time, ulong At)>(byStart.OrderBy(call => call.Time.Ended));
        var (highest, hasAny) = (0UL, false);
        foreach (var call in byStart)
        {
            while (byEnd.TryPeek(out var over) && over.Time.IsBefore(call.Time))
            {
                (highest, hasAny) = (Math.Max(highest, over.At), true);
                byEnd.Dequeue();
            }

            if (hasAny && (isStrict ? call.At <= highest : call.At < highest))
            {
                yield return call.At;
            }
        }
    }
}
