using SignalExchange.Faults.Tests.Histories;

namespace SignalExchange.Faults.Tests.Rules;

/// <summary>A shard's log has every sequence from 1 to its head, once, and with them every place that was acknowledged.</summary>
internal sealed class LogsAreDense : IHistoryRule
{
    public IEnumerable<string> FindViolations(History history)
    {
        var heads = history.Logs.ToDictionary(log => log.Shard, log => log.Head);
        var beyond =
            from write in history.Writes
            where write.Fate == Fate.Accepted
            let shard = history.Shards[write.Subject]
            where write.Sequence == 0 || write.Sequence > heads.GetValueOrDefault(shard)
            select $"A write was acknowledged at {write.Sequence} of shard {shard}, whose log ends at {heads.GetValueOrDefault(shard)}.";
        return history.Logs.SelectMany(Holes).Concat(beyond);
    }

    private static IEnumerable<string> Holes(ShardRows log)
    {
        var next = 1UL;
        foreach (var (first, last) in log.Rows)
        {
            if (first != next || last < first)
            {
                yield return $"The log of shard {log.Shard} has a row of {first} to {last} where {next} comes next.";
            }

            next = last + 1;
        }

        if (next != log.Head + 1)
        {
            yield return $"The log of shard {log.Shard} ends at {next - 1}, its head says {log.Head}.";
        }
    }
}
