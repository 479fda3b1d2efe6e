using System.Security.Cryptography;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Indicators;
using SignalExchange.Grains.Shards;
using SignalExchange.Storage;
using SignalExchange.TestKit.Signals;

namespace SignalExchange.Grains.Tests.Shards;

/// <summary>Indicators that nobody has reported yet are written by their shard; their grains read what it wrote.</summary>
public sealed class NewIndicatorTests
{
    private static readonly Shard Shard = new(7);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task New_indicators_that_come_together_share_commits()
    {
        await using var fixture = await ShardFixture.Start();
        var indicators = Enumerable.Range(0, 200).Select(_ => NewIndicator(NewToken())).ToArray();

        var results = await ShardOf(fixture).SubmitNew(indicators);

        Assert.Equal(
            Enumerable.Range(1, 200).Select(sequence => (ulong)sequence),
            results.Select(result => result.Accepted.Position.Sequence)
        );
        Assert.Equal([98, 98, 4], (await fixture.ReadLog(Shard)).Select(row => row.Changes.Count));
    }

    [Fact]
    public async Task An_indicator_that_is_stored_after_all_conflicts_and_its_neighbours_are_written()
    {
        await using var fixture = await ShardFixture.Start();
        var (known, other) = (NewToken(), NewToken());
        await Indicator(fixture, known).Submit(NewCommand(), Ct);
        await Indicator(fixture, other).Submit(NewCommand(), Ct);
        var tokens = Enumerable.Range(0, 30).Select(_ => NewToken()).Append(known).Prepend(other).ToList();

        var results = await ShardOf(fixture).SubmitNew([.. tokens.Select(token => NewIndicator(token))]);

        Assert.Equal(ErrorReason.WriteConflict, results[0].Error.Reason);
        Assert.Equal(ErrorReason.WriteConflict, results[^1].Error.Reason);
        Assert.All(results[1..^1], result => Assert.Equal(1u, result.Accepted.Revision));
        Assert.Equal(32, (await fixture.ReadLog(Shard)).Sum(row => row.Changes.Count));
    }

    [Fact]
    public async Task A_grain_that_was_asked_before_sees_what_its_shard_wrote_since()
    {
        await using var fixture = await ShardFixture.Start();
        var token = NewToken();
        var command = NewCommand();
        var indicator = Indicator(fixture, token);
        Assert.Null(await indicator.Check(Callers.Of("b"), 0, Ct));

        var written = (await ShardOf(fixture).SubmitNew([NewIndicator(token, command)]))[0].Accepted;

        Assert.Equal(1u, (await indicator.Check(Callers.Of("b"), 0, Ct))!.DistinctMembers);
        Assert.Equal(written.SignalId, Assert.Single((await indicator.Read(Callers.Of("a"), 0, Ct))!.Signals).SignalId);
        var again = (await indicator.Submit(command, Ct)).Accepted;
        Assert.True(again.AlreadyKnown);
        Assert.Equal((written.SignalId, written.Position), (again.SignalId, again.Position));
    }

    [Fact]
    public async Task A_withdrawal_by_a_grain_that_was_asked_before_is_the_second_revision()
    {
        await using var fixture = await ShardFixture.Start();
        var token = NewToken();
        var indicator = Indicator(fixture, token);
        var withdrawal = new WithdrawCommand(
            Callers.Of("a"),
            RandomNumberGenerator.GetBytes(16),
            RetractionReason.FalsePositive
        );
        Assert.Equal(ErrorReason.SignalNotFound, (await indicator.Withdraw(withdrawal, Ct)).Error.Reason);

        await ShardOf(fixture).SubmitNew([NewIndicator(token)]);

        Assert.Equal(2u, (await indicator.Withdraw(withdrawal, Ct)).Accepted.Revision);
        Assert.Null(await indicator.Check(Callers.Of("b"), 0, Ct));
    }

    [Fact]
    public async Task A_lost_reply_writes_nothing_twice()
    {
        await using var fixture = await ShardFixture.Start();
        fixture.Store.LoseNextReply();

        var results = await ShardOf(fixture).SubmitNew([NewIndicator(NewToken()), NewIndicator(NewToken())]);

        Assert.Equal([1ul, 2ul], results.Select(result => result.Accepted.Position.Sequence));
        Assert.Single(await fixture.ReadLog(Shard));
    }

    [Fact]
    public async Task More_than_may_wait_are_refused_and_the_others_are_written()
    {
        await using var fixture = await ShardFixture.Start(options => options.MaxWaitingWrites = 10);

        var results = await ShardOf(fixture)
            .SubmitNew([.. Enumerable.Range(0, 11).Select(_ => NewIndicator(NewToken()))]);

        Assert.All(results[..10], result => Assert.NotNull(result.Accepted));
        Assert.Equal(ErrorReason.WriteQueueFull, results[10].Error.Reason);
    }

    private static IShardGrain ShardOf(ShardFixture fixture) => fixture.Grains.GetGrain<IShardGrain>(Shard.Number);

    private static IIndicatorGrain Indicator(ShardFixture fixture, Token token) =>
        fixture.Grains.GetGrain<IIndicatorGrain>(token.ToKeyString());

    private static NewIndicator NewIndicator(Token token, SubmitCommand? command = null) =>
        new(token.ToArray(), command ?? NewCommand());

    private static SubmitCommand NewCommand() =>
        new(
            Callers.Of("a"),
            RandomNumberGenerator.GetBytes(16),
            IndicatorType.Email,
            "email/1/0f3c5a7b9d1e2f40",
            [1, 2, 3],
            Statements.Valid(TimeProvider.System.GetUtcNow())
        );

    private static Token NewToken()
    {
        var bytes = RandomNumberGenerator.GetBytes(Token.Size);
        bytes[0] = (byte)Shard.Number;
        return new(bytes);
    }
}
