using SignalExchange.Contracts;

namespace SignalExchange.Storage;

/// <summary>What every engine demands of a commit before it looks at what it has stored.</summary>
/// <remarks>A commit that breaks one of these rules is a fault of the caller, never a matter of luck or of timing.</remarks>
public static class ShardCommitRules
{
    /// <summary>Throws unless the commit is whole: its row follows the head, and each change has its indicator.</summary>
    /// <param name="commit">The commit.</param>
    /// <param name="shards">The exchange's shards.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such shard.</exception>
    /// <exception cref="ArgumentException">Another rule is broken; the message says which.</exception>
    public static void Check(ShardCommit commit, ShardMap shards)
    {
        CheckShard(commit.Row.Shard, shards);
        CheckRow(commit);
        CheckIndicators(commit, shards);
    }

    /// <summary>Throws unless the exchange has the shard.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="shards">The exchange's shards.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such shard.</exception>
    public static void CheckShard(Shard shard, ShardMap shards)
    {
        if (!shards.Contains(shard))
        {
            throw new ArgumentOutOfRangeException(nameof(shard), shard, $"A shard from 0 to {shards.Count - 1}.");
        }
    }

    private static void CheckRow(ShardCommit commit)
    {
        Require(commit.ExpectedHead >= 0, "The expected head is negative.");
        Require(commit.Row.Changes.Count > 0, "A log row has at least one change.");
        Require(commit.Row.FirstSequence == commit.ExpectedHead + 1, "The row does not begin right after the head.");
        Require(commit.Indicators.Count == commit.Row.Changes.Count, "Changes and indicators differ in number.");
    }

    private static void CheckIndicators(ShardCommit commit, ShardMap shards)
    {
        var seen = new HashSet<Token>(commit.Indicators.Count);
        for (var i = 0; i < commit.Indicators.Count; i++)
        {
            var write = commit.Indicators[i];
            Require(write.Token == commit.Row.Changes[i].Token, "An indicator is not that of its change.");
            Require(write.NewVersion == commit.Row.FirstSequence + i, "A new version is not its change's sequence.");
            Require(write.ExpectedVersion >= 0, "An expected version is negative.");
            Require(shards.ShardOf(write.Token) == commit.Row.Shard, "An indicator belongs to another shard.");
            Require(seen.Add(write.Token), "An indicator is written twice.");
        }
    }

    private static void Require(bool holds, string broken)
    {
        if (!holds)
        {
            throw new ArgumentException(broken);
        }
    }
}
