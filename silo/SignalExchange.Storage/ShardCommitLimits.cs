namespace SignalExchange.Storage;

/// <summary>The largest commit that an engine takes in one transaction.</summary>
/// <param name="MaxChanges">Changes.</param>
/// <param name="MaxStateBytes">Bytes of one indicator's state.</param>
/// <param name="MaxLogBytes">Bytes of the log row, as <see cref="LogRowCodec"/> measures it.</param>
/// <param name="MaxCommitBytes">Bytes of the log row and of all states together.</param>
/// <remarks>Whoever groups changes keeps within them; an engine refuses what is larger with <see cref="ArgumentException"/>.</remarks>
public sealed record ShardCommitLimits(int MaxChanges, int MaxStateBytes, int MaxLogBytes, int MaxCommitBytes)
{
    /// <summary>Those of an engine that has none.</summary>
    public static readonly ShardCommitLimits None = new(int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue);

    /// <summary>Says which limit a commit breaks, in numbers; null when it keeps within all.</summary>
    public string? Broken(ShardCommit commit)
    {
        var changes = commit.Row.Changes.Count;
        var log = LogRowCodec.Measure(commit.Row.Changes);
        var largest = commit.Indicators.Max(write => write.State.Length);
        var all = log + commit.Indicators.Sum(write => (long)write.State.Length);
        return (changes > MaxChanges, largest > MaxStateBytes, log > MaxLogBytes, all > MaxCommitBytes) switch
        {
            (true, _, _, _) => $"A commit has at most {MaxChanges} changes, got {changes}.",
            (_, true, _, _) => $"A state has at most {MaxStateBytes} bytes, got {largest}.",
            (_, _, true, _) => $"A log row has at most {MaxLogBytes} bytes, got {log}.",
            (_, _, _, true) => $"A commit has at most {MaxCommitBytes} bytes, got {all}.",
            _ => null,
        };
    }
}
