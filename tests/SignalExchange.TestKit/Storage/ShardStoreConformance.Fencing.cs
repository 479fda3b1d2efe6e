using SignalExchange.Storage;

namespace SignalExchange.TestKit.Storage;

public abstract partial class ShardStoreConformance
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1_000_000)]
    public async Task Commit_at_another_head_is_stale(long head)
    {
        var model = Model();
        await CommitAsync(model, 1);
        await CommitAsync(model, 2);

        await AssertRefusedAsync(CommitOutcome.StaleHead, model, AtHead(model.Next(3), head));
    }

    [Fact]
    public async Task Commit_on_an_empty_shard_at_another_head_is_stale()
    {
        var model = Model();

        await AssertRefusedAsync(CommitOutcome.StaleHead, model, AtHead(model.Next(1), 1));
    }

    [Fact]
    public async Task Indicator_is_inserted_once()
    {
        var model = Model();
        await CommitAsync(model, 1);

        await AssertRefusedAsync(CommitOutcome.StaleIndicator, model, Expecting(model.Next(1), 0));
    }

    [Fact]
    public async Task Indicator_that_is_not_there_is_not_updated()
    {
        var model = Model();
        await CommitAsync(model, 1);

        await AssertRefusedAsync(CommitOutcome.StaleIndicator, model, Expecting(model.Next(2), 1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Indicator_of_another_version_is_not_updated(long version)
    {
        var model = Model();
        await CommitAsync(model, 1);
        await CommitAsync(model, 1);

        await AssertRefusedAsync(CommitOutcome.StaleIndicator, model, Expecting(model.Next(1), version));
    }

    [Fact]
    public async Task One_stale_indicator_takes_its_whole_commit_back()
    {
        var model = Model();
        await CommitAsync(model, 1, 2);
        var commit = model.Next(3, 1, 4, 2);
        var stale = commit.Indicators.Select((write, i) => i == 3 ? write with { ExpectedVersion = 1 } : write);

        await AssertRefusedAsync(CommitOutcome.StaleIndicator, model, commit with { Indicators = [.. stale] });
    }

    [Fact]
    public async Task Stale_commits_leave_their_neighbours_alone()
    {
        ShardModel[] models = [.. Enumerable.Range(0, 30).Select(Model)];
        await Task.WhenAll(models.Select(model => CommitAsync(model, 1, 2)));
        ShardCommit[] commits = [.. models.Select((model, i) => Spoiled(model.Next(3, 2), i % 3))];

        var outcomes = await Task.WhenAll(commits.Select(CommitAsync));

        for (var i = 0; i < models.Length; i++)
        {
            Assert.Equal((CommitOutcome)(i % 3), outcomes[i]);
            if (outcomes[i] == CommitOutcome.Committed)
            {
                models[i].Apply(commits[i]);
            }
            else
            {
                Assert.Null(await Store.ReadIndicatorAsync(models[i].Token(3), Cancellation));
            }

            await AssertHoldsAsync(models[i]);
        }
    }

    [Fact]
    public async Task Of_many_writers_at_one_head_exactly_one_wins()
    {
        var model = Model();
        for (var round = 0; round < 5; round++)
        {
            ShardCommit[] commits = [.. Enumerable.Range(0, 16).Select(i => model.Next(i, 100 + round))];

            var outcomes = await Task.WhenAll(
                commits.Select((commit, i) => (i % 2 == 0 ? Store : Storage.Rival).CommitAsync(commit, Cancellation))
            );

            Assert.Equal(15, outcomes.Count(outcome => outcome == CommitOutcome.StaleHead));
            model.Apply(commits[Array.IndexOf(outcomes, CommitOutcome.Committed)]);
            await AssertHoldsAsync(model);
        }
    }

    [Fact]
    public async Task Writer_that_lost_the_reply_finds_out_what_happened()
    {
        var model = Model();
        await CommitAsync(model, 1);
        var (mine, other) = (model.Next(2), model.Next(3));
        await model.CommitAsync(Store, mine, Cancellation);

        // Whoever does not know whether `mine` was written reads the row that follows the head it expected.
        var rows = await ShardAssert.ReadAsync(Store, model.Shard, mine.ExpectedHead, Cancellation);

        Assert.Equal(mine.Row.CommitId, rows[0].CommitId);
        Assert.NotEqual(other.Row.CommitId, rows[0].CommitId);
        await AssertRefusedAsync(CommitOutcome.StaleHead, model, mine);
    }

    [Fact]
    public async Task Writer_that_lost_the_reply_to_a_rival_finds_the_rivals_row_and_builds_on_it()
    {
        var model = Model();
        await CommitAsync(model, 1);
        var (mine, other) = (model.Next(2), model.Next(3));
        await model.CommitAsync(Storage.Rival, other, Cancellation);

        Assert.Equal(CommitOutcome.StaleHead, await CommitAsync(mine));
        var rows = await ShardAssert.ReadAsync(Store, model.Shard, mine.ExpectedHead, Cancellation);

        Assert.Equal(other.Row.CommitId, Assert.Single(rows).CommitId);
        await CommitAsync(model, 2);
        await AssertHoldsAsync(model);
    }

    private static ShardCommit AtHead(ShardCommit commit, long head)
    {
        var row = commit.Row with { FirstSequence = head + 1 };
        return new(head, row, [.. commit.Indicators.Select((write, i) => write with { NewVersion = head + 1 + i })]);
    }

    private static ShardCommit Expecting(ShardCommit commit, long version) =>
        commit with
        {
            Indicators = [.. commit.Indicators.Select(write => write with { ExpectedVersion = version })],
        };

    // The ways to be stale, numbered as their outcomes.
    private static ShardCommit Spoiled(ShardCommit commit, int outcome) =>
        (CommitOutcome)outcome switch
        {
            CommitOutcome.StaleHead => AtHead(commit, commit.ExpectedHead - 1),
            CommitOutcome.StaleIndicator => Expecting(commit, 0),
            _ => commit,
        };
}
