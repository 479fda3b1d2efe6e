using System.Security.Cryptography;
using Google.Protobuf;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.StoredV1;
using SignalExchange.Index;
using SignalExchange.Storage;
using SignalExchange.TestKit;
using SignalExchange.TestKit.Signals;

namespace SignalExchange.Grains.Tests.Placement;

/// <summary>An activation that somebody else wrote past, as happens while silos disagree on who is alive, answers what is stored.</summary>
public sealed class SecondWriterTests(PlacementFixture fixture) : IClassFixture<PlacementFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Check_knows_of_what_its_position_covers_whoever_wrote_it()
    {
        var token = new Token(RandomNumberGenerator.GetBytes(Token.Size));
        await Submit(token);
        Assert.NotNull(await fixture.Indicator(0, token).Check(Callers.Of("b"), 0, Ct));

        var sequence = await WithdrawAsAnother(token);

        Assert.Null(await fixture.Indicator(0, token).Check(Callers.Of("b"), sequence, Ct));
        Assert.Null(await fixture.Indicator(1, token).Read(Callers.Of("b"), sequence, Ct));
    }

    [Fact]
    public async Task Check_knows_of_it_once_its_silo_has_read_it_in_the_log()
    {
        var token = new Token(RandomNumberGenerator.GetBytes(Token.Size));
        await Submit(token);
        var sequence = await WithdrawAsAnother(token);
        var shard = fixture.Shards.ShardOf(token);
        await PlacementFixture.Until(
            () => Enumerable.Range(0, 3).All(silo => fixture.Get<LocalIndex>(silo).AppliedSequence(shard) >= sequence),
            "the change in each index"
        );

        Assert.Null(await fixture.Indicator(0, token).Check(Callers.Of("b"), 0, Ct));
    }

    [Fact]
    public async Task Submission_builds_on_what_is_stored_and_not_on_what_is_remembered()
    {
        var token = new Token(RandomNumberGenerator.GetBytes(Token.Size));
        var statement = Statements.Valid(TimeProvider.System.GetUtcNow());
        await Submit(token, statement);
        var sequence = await WithdrawAsAnother(token);

        // The same statement as before: in memory it stands, and would be answered as known already.
        var result = await Eventually.ResultAsync(
            () => fixture.Submit(0, token, statement, asOf: sequence),
            it => it.Accepted is not null,
            "the submission to be accepted"
        );

        Assert.Equal((false, 3u), (result.Accepted.AlreadyKnown, result.Accepted.Revision));
    }

    // Again, where another test of this class has written past the activation of this token's shard, too.
    private async Task Submit(Token token, SignalStatement? statement = null)
    {
        var id = RandomNumberGenerator.GetBytes(16);
        await Eventually.ResultAsync(
            () => fixture.Submit(0, token, statement, id),
            it => it.Accepted is not null,
            "the submission to be accepted"
        );
    }

    /// <summary>Withdraws the indicator's signal as a silo would that took the shard over.</summary>
    private async Task<long> WithdrawAsAnother(Token token)
    {
        var shard = fixture.Shards.ShardOf(token);
        var row = await fixture.Store.ReadIndicatorAsync(token, Ct);
        var state = IndicatorState.Parser.ParseFrom(row!.State.Span);
        state.Signals[0].State = SignalState.Retracted;
        state.Signals[0].Revision = 2;
        var head = await fixture.Store.ReadHeadAsync(shard, Ct);
        var change = new ShardChange(token, IndicatorSummary.NothingLive, state.LastChange.ToByteArray());
        var outcome = await fixture.Store.CommitAsync(
            new(
                head,
                new LogRow(shard, head + 1, 42, [change]),
                [new IndicatorWrite(token, row.Version, head + 1, state.ToByteArray())]
            ),
            Ct
        );
        Assert.Equal(CommitOutcome.Committed, outcome);
        return head + 1;
    }
}
