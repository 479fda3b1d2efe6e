using SignalExchange.Contracts;

namespace SignalExchange.Storage.Tests;

public sealed class ShardCommitLimitsTests
{
    private const int LogBytes = 1 + 2 * (38 + 50);

    private static readonly ShardCommitLimits Limits = new(
        MaxChanges: 2,
        MaxStateBytes: 100,
        MaxLogBytes: LogBytes,
        MaxCommitBytes: LogBytes + 150
    );

    [Theory]
    [InlineData(2, 50, 75)]
    [InlineData(1, 0, 100)]
    public void Commit_at_the_limits_breaks_none(int changes, int detailBytes, int stateBytes)
    {
        Assert.Null(Limits.Broken(Commit(changes, detailBytes, stateBytes)));
        Assert.Null(ShardCommitLimits.None.Broken(Commit(changes, detailBytes, stateBytes)));
    }

    [Theory]
    [InlineData(3, 0, 0, "at most 2 changes, got 3")]
    [InlineData(1, 0, 101, "A state has at most 100 bytes, got 101")]
    [InlineData(2, 51, 0, "A log row has at most 177 bytes, got 179")]
    [InlineData(2, 50, 76, "A commit has at most 327 bytes, got 329")]
    public void Commit_beyond_a_limit_says_which_and_by_how_much(int changes, int details, int states, string words) =>
        Assert.Contains(words, Limits.Broken(Commit(changes, details, states)), StringComparison.Ordinal);

    private static ShardCommit Commit(int changes, int detailBytes, int stateBytes)
    {
        Token[] tokens = [.. Enumerable.Range(1, changes).Select(i => new Token([(byte)i, .. new byte[31]]))];
        return new(
            0,
            new(new(0), 1, 7, [.. tokens.Select(token => new ShardChange(token, new(1), new byte[detailBytes]))]),
            [.. tokens.Select((token, i) => new IndicatorWrite(token, 0, i + 1, new byte[stateBytes]))]
        );
    }
}
