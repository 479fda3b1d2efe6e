namespace SignalExchange.Storage;

/// <summary>What every commit must be, whatever the engine; a broken one is a bug of the caller's.</summary>
public static class CommitRules
{
    /// <summary>Checks a commit.</summary>
    /// <exception cref="ArgumentException">The sequences do not follow the head, or rows and changes do not belong together.</exception>
    public static void Require(ShardCommit commit)
    {
        var row = commit.Row;
        if (row.Changes.Count == 0 || row.FirstSequence != commit.ExpectedHead + 1)
        {
            throw new ArgumentException(
                "A commit begins one above the expected head and has at least one change.",
                nameof(commit)
            );
        }

        if (row.Changes.Count != commit.Indicators.Count)
        {
            throw new ArgumentException("A commit has one indicator for each change.", nameof(commit));
        }

        if (commit.Indicators.DistinctBy(write => write.Token).Count() != commit.Indicators.Count)
        {
            throw new ArgumentException("A commit changes an indicator once.", nameof(commit));
        }

        for (var place = 0; place < row.Changes.Count; place++)
        {
            var write = commit.Indicators[place];
            if (write.Token != row.Changes[place].Token || write.NewVersion != row.FirstSequence + place)
            {
                throw new ArgumentException(
                    "An indicator's new version is the sequence of its change.",
                    nameof(commit)
                );
            }
        }
    }
}
