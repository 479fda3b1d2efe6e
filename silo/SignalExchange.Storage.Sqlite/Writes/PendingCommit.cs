namespace SignalExchange.Storage.Sqlite.Writes;

/// <summary>A shard's commit that waits.</summary>
internal sealed class PendingCommit(ShardCommit commit) : PendingResult<CommitOutcome>
{
    // Encoded on the caller's thread: the writer's has enough to do.
    private readonly byte[] _changes = LogRowCodec.Encode(commit.Row.Changes);

    protected override WriteEffect Run(WriterConnection connection, out CommitOutcome outcome)
    {
        outcome = Apply(connection.Shards);
        return outcome == CommitOutcome.StaleIndicator ? WriteEffect.Half : WriteEffect.Whole;
    }

    private CommitOutcome Apply(ShardStatements statements)
    {
        if (!statements.MoveHead(commit.Row.Shard, commit.ExpectedHead, commit.Row.LastSequence))
        {
            return CommitOutcome.StaleHead;
        }

        foreach (var write in commit.Indicators)
        {
            if (!statements.WriteIndicator(write))
            {
                return CommitOutcome.StaleIndicator;
            }
        }

        statements.AppendLog(commit.Row, _changes);
        return CommitOutcome.Committed;
    }
}
