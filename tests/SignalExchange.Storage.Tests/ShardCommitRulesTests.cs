using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Tests;

public sealed class ShardCommitRulesTests
{
    private static readonly ShardMap Map = new(256);
    private static readonly ShardModel Model = new(Map, new(3));
    private static readonly ShardCommit Whole = Model.Next(1, 2);

    [Fact]
    public void Whole_commit_passes() => ShardCommitRules.Check(Whole, Map);

    [Theory]
    [InlineData(-1)]
    [InlineData(256)]
    public void Shard_that_is_not_there_is_out_of_range(int shard)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ShardCommitRules.CheckShard(new(shard), Map));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            ShardCommitRules.Check(Whole with { Row = Whole.Row with { Shard = new(shard) } }, Map)
        );
    }

    [Fact]
    public void Head_is_not_negative() =>
        AssertBroken(Whole with { ExpectedHead = -1, Row = Whole.Row with { FirstSequence = 0 } }, "negative");

    [Fact]
    public void Row_has_a_change() =>
        AssertBroken(Whole with { Row = Whole.Row with { Changes = [] }, Indicators = [] }, "at least one");

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Row_follows_the_head(long first) =>
        AssertBroken(Whole with { Row = Whole.Row with { FirstSequence = first } }, "right after the head");

    [Fact]
    public void Each_change_has_its_indicator() =>
        AssertBroken(Whole with { Indicators = [Whole.Indicators[0]] }, "differ in number");

    [Fact]
    public void Indicators_stand_in_the_order_of_the_changes() =>
        AssertBroken(Whole with { Indicators = [.. Whole.Indicators.Reverse()] }, "not that of its change");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void New_version_is_the_sequence_of_its_change(long version) =>
        AssertBroken(WithSecond(Whole.Indicators[1] with { NewVersion = version }), "its change's sequence");

    [Fact]
    public void Expected_version_is_not_negative() =>
        AssertBroken(WithSecond(Whole.Indicators[1] with { ExpectedVersion = -1 }), "negative");

    [Fact]
    public void Indicators_are_of_the_shard() =>
        AssertBroken(Whole with { Row = Whole.Row with { Shard = new(4) } }, "another shard");

    [Fact]
    public void Indicator_is_written_once() => AssertBroken(Model.Next(1, 1), "twice");

    [Fact]
    public void Message_names_no_token()
    {
        var exception = Assert.Throws<ArgumentException>(() => ShardCommitRules.Check(Model.Next(1, 1), Map));

        Assert.DoesNotContain(Model.Token(1).ToString(), exception.Message, StringComparison.Ordinal);
    }

    private static ShardCommit WithSecond(IndicatorWrite write) =>
        Whole with
        {
            Indicators = [Whole.Indicators[0], write],
        };

    private static void AssertBroken(ShardCommit commit, string rule)
    {
        var exception = Assert.Throws<ArgumentException>(() => ShardCommitRules.Check(commit, Map));
        Assert.Contains(rule, exception.Message, StringComparison.Ordinal);
    }
}
