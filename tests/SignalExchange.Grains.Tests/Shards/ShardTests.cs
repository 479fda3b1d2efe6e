using System.Security.Cryptography;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Indicators;
using SignalExchange.Grains.StoredV1;
using SignalExchange.Storage;
using SignalExchange.TestKit;
using SignalExchange.TestKit.Signals;
using SignalExchange.TestKit.Telemetry;

namespace SignalExchange.Grains.Tests.Shards;

/// <summary>What is acknowledged is durable once, whatever happens between a shard and its storage.</summary>
public sealed class ShardTests
{
    private static readonly Shard Shard = new(7);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Writes_that_wait_share_commits_and_the_log_is_dense()
    {
        await using var fixture = await ShardFixture.Start();
        fixture.Store.Gate = new TaskCompletionSource();
        var submissions = Enumerable.Range(0, 200).Select(_ => Submit(fixture, NewToken())).ToList();
        using var meter = new MeterReader(fixture.Meters);
        await Eventually.TrueAsync(
            () => meter.Read().GetValueOrDefault("signalexchange.shard.waiting_writes") == 199,
            "all but the one that is being committed wait"
        );
        fixture.Store.Gate.SetResult();

        var results = await Task.WhenAll(submissions);

        var log = await fixture.ReadLog(Shard);
        Assert.All(results, result => Assert.NotNull(result.Accepted));
        Assert.Equal(
            Enumerable.Range(1, 200).Select(sequence => (ulong)sequence),
            results.Select(result => result.Accepted.Position.Sequence).Order()
        );
        Assert.InRange(log.Count, 3, 20);
        Assert.All(log.Skip(1).Zip(log), pair => Assert.Equal(pair.Second.LastSequence + 1, pair.First.FirstSequence));
    }

    [Fact]
    public async Task A_commit_whose_reply_was_lost_is_found_again_and_not_repeated()
    {
        await using var fixture = await ShardFixture.Start();
        fixture.Store.LoseNextReply();

        var result = await Submit(fixture, NewToken());

        Assert.Equal(1ul, result.Accepted.Position.Sequence);
        Assert.Single(await fixture.ReadLog(Shard));
    }

    [Fact]
    public async Task A_commit_that_may_be_lost_is_not_acknowledged_and_its_retry_succeeds_once()
    {
        await using var fixture = await ShardFixture.Start();
        var token = NewToken();
        var command = NewCommand();
        fixture.Store.LoseNextCommit();

        var lost = await Submit(fixture, token, command);
        var retried = await UntilAccepted(() => Submit(fixture, token, command));

        Assert.Equal(ErrorReason.WriteConflict, lost.Error.Reason);
        Assert.Equal(1u, retried.Accepted.Revision);
        Assert.Single(await fixture.ReadLog(Shard));
    }

    [Fact]
    public async Task A_commit_that_could_not_be_read_back_is_no_refusal_and_is_found_by_its_retry()
    {
        await using var fixture = await ShardFixture.Start();
        var token = NewToken();
        var command = NewCommand();
        fixture.Store.LoseNextReplyAndLook();

        var lost = await Submit(fixture, token, command);
        var retried = await UntilAccepted(() => Submit(fixture, token, command));

        Assert.Equal(ErrorReason.WriteConflict, lost.Error.Reason);
        Assert.True(retried.Accepted.AlreadyKnown);
        Assert.Single(await fixture.ReadLog(Shard));
    }

    [Fact]
    public async Task A_shard_that_another_writer_took_over_acknowledges_nothing_more_until_it_has_read_again()
    {
        await using var fixture = await ShardFixture.Start();
        await Submit(fixture, NewToken());
        var others = NewToken();
        await fixture.CommitAsAnother(CommitOf(others, head: 1));
        var token = NewToken();
        var command = NewCommand();

        var fenced = await Submit(fixture, token, command);
        var retried = await UntilAccepted(() => Submit(fixture, token, command));

        Assert.Equal(ErrorReason.WriteConflict, fenced.Error.Reason);
        Assert.Equal(3ul, retried.Accepted.Position.Sequence);
        Assert.NotNull(await fixture.Read(others));
    }

    [Fact]
    public async Task A_storage_that_fails_refuses_and_leaves_no_trace()
    {
        await using var fixture = await ShardFixture.Start();
        var token = NewToken();
        fixture.Store.RefuseNextCommit();

        var refused = await Submit(fixture, token);
        var verdict = await fixture.Grains.GetGrain<IIndicatorGrain>(token.ToKeyString()).Check(Callers.Of("a"), 0, Ct);
        var accepted = await Submit(fixture, token);

        Assert.Equal(ErrorReason.StorageUnavailable, refused.Error.Reason);
        Assert.Null(verdict);
        Assert.Equal((1u, 1ul), (accepted.Accepted.Revision, accepted.Accepted.Position.Sequence));
    }

    [Fact]
    public async Task A_change_on_its_way_to_a_shard_that_cannot_be_opened_is_not_remembered_as_done()
    {
        await using var fixture = await ShardFixture.Start();
        var token = NewToken();
        var indicator = fixture.Grains.GetGrain<IIndicatorGrain>(token.ToKeyString());
        await Submit(fixture, token);
        fixture.Store.LoseNextCommit();
        await Submit(fixture, NewToken()); // The shard ends, since it can't tell what was written.
        var withdrawal = new WithdrawCommand(
            Callers.Of("a"),
            RandomNumberGenerator.GetBytes(16),
            RetractionReason.FalsePositive
        );
        fixture.Store.HidesHeads = true;

        await Eventually.ResultAsync(
            () => RefusalOf(() => indicator.Withdraw(withdrawal, Ct)),
            reason => reason == ErrorReason.StorageUnavailable,
            "a withdrawal whose shard can't be opened"
        );
        fixture.Store.HidesHeads = false;
        await Eventually.ResultAsync(
            () => RefusalOf(() => indicator.Withdraw(withdrawal, Ct)),
            reason => reason is null,
            "an accepted withdrawal"
        );

        var state = IndicatorState.Parser.ParseFrom((await fixture.Read(token))!.State.Span);
        Assert.Equal(SignalState.Retracted, Assert.Single(state.Signals).State);
        Assert.Equal(2, (await fixture.ReadLog(Shard)).Sum(row => row.Changes.Count));
    }

    [Fact]
    public async Task A_queue_that_is_full_refuses_one_more()
    {
        await using var fixture = await ShardFixture.Start(options =>
        {
            options.MaxChangesPerCommit = 1;
            options.MaxWaitingWrites = 3;
        });
        fixture.Store.Gate = new TaskCompletionSource();
        var submissions = Enumerable.Range(0, 6).Select(_ => Submit(fixture, NewToken())).ToList();

        var refused = await await Task.WhenAny(submissions).WaitAsync(Ct);
        await Eventually.TrueAsync(
            () => submissions.Count(it => it.IsCompleted) == 2,
            "the other one that is too many"
        );
        fixture.Store.Gate.SetResult();
        var results = await Task.WhenAll(submissions);

        Assert.Equal(ErrorReason.WriteQueueFull, refused.Error.Reason);
        Assert.Equal(4, results.Count(result => result.Accepted is not null));
    }

    [Fact]
    public async Task An_engine_that_takes_little_gets_small_commits_and_what_fits_into_none_is_refused()
    {
        await using var fixture = await ShardFixture.Start();
        fixture.Store.MaxCommit = new(
            MaxChanges: 7,
            MaxStateBytes: 2_000,
            MaxLogBytes: 100_000,
            MaxCommitBytes: 100_000
        );
        fixture.Store.Gate = new TaskCompletionSource();
        var submissions = Enumerable.Range(0, 50).Select(_ => Submit(fixture, NewToken())).ToList();
        fixture.Store.Gate.SetResult();
        var results = await Task.WhenAll(submissions);
        fixture.Store.MaxCommit = fixture.Store.MaxCommit with { MaxStateBytes = 10 };

        var refused = await Submit(fixture, NewToken());

        Assert.All(results, result => Assert.NotNull(result.Accepted));
        Assert.All(await fixture.ReadLog(Shard), row => Assert.InRange(row.Changes.Count, 1, 7));
        Assert.Equal(ErrorReason.IndicatorFull, refused.Error.Reason);
    }

    [Fact]
    public async Task An_indicator_that_takes_no_more_reports_takes_withdrawals_and_disputes()
    {
        await using var fixture = await ShardFixture.Start();
        var token = NewToken();
        var indicator = fixture.Grains.GetGrain<IIndicatorGrain>(token.ToKeyString());
        var said = (await Submit(fixture, token, NewCommand(SayMuch))).Accepted;
        var size = (await fixture.Read(token))!.State.Length;
        fixture.Store.MaxCommit = ShardCommitLimits.None with { MaxStateBytes = size + (size / 6) };

        // It would fit, and leave too little.
        var more = await Submit(
            fixture,
            token,
            NewCommand(statement =>
            {
                SayMuch(statement);
                statement.Confidence = 60;
            })
        );
        var disputed = await indicator.MarkDisputed(said.SignalId.ToByteArray(), new(true, null), 0, Ct);
        var withdrawn = await indicator.Withdraw(
            new(Callers.Of("a"), RandomNumberGenerator.GetBytes(16), RetractionReason.FalsePositive),
            Ct
        );

        Assert.Equal(ErrorReason.IndicatorFull, more.Error.Reason);
        Assert.Null(disputed);
        Assert.NotNull(withdrawn.Accepted);
    }

    private static void SayMuch(SignalStatement statement)
    {
        statement.DerivedFrom.Add(Enumerable.Range(0, 16).Select(_ => SignalId.NewId().ToByteString()));
        statement.Legal = new();
        statement.Legal.Jurisdictions.Add(Enumerable.Repeat("DE", 64));
    }

    [Fact]
    public async Task An_expired_signal_is_seen_by_nobody_but_its_owner_who_sees_it_expired()
    {
        await using var fixture = await ShardFixture.Start();
        var token = NewToken();
        var soon = TimeProvider.System.GetUtcNow().AddMilliseconds(400);
        var command = NewCommand(statement =>
            statement.ExpiresAt = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(soon)
        );
        await Submit(fixture, token, command);
        var indicator = fixture.Grains.GetGrain<IIndicatorGrain>(token.ToKeyString());

        Verdict? verdict;
        while ((verdict = await indicator.Check(Callers.Of("b"), 0, Ct)) is not null)
        {
            Assert.True(TimeProvider.System.GetUtcNow() < soon.AddSeconds(10), "It should have expired by now.");
            await Task.Delay(20, Ct);
        }

        Assert.Null(await indicator.Read(Callers.Of("b"), 0, Ct));
        var own = await indicator.Read(Callers.Of("a"), 0, Ct);
        Assert.Equal(SignalState.Expired, Assert.Single(own!.Signals).State);
    }

    private static Task<SubmitResult> Submit(ShardFixture fixture, Token token, SubmitCommand? command = null) =>
        fixture.Grains.GetGrain<IIndicatorGrain>(token.ToKeyString()).Submit(command ?? NewCommand(), Ct);

    private static async Task<ErrorReason?> RefusalOf(Func<Task<WithdrawResult>> withdraw)
    {
        try
        {
            return (await withdraw()).Error?.Reason;
        }
        catch (StorageUnavailableException)
        {
            return ErrorReason.StorageUnavailable; // Its own row could not be read either.
        }
    }

    private static async Task<SubmitResult> UntilAccepted(Func<Task<SubmitResult>> submit)
    {
        for (var attempt = 0; ; attempt++)
        {
            var result = await submit();
            if (result.Accepted is not null || attempt == 200)
            {
                return result;
            }

            await Task.Delay(20, Ct);
        }
    }

    private static SubmitCommand NewCommand(Action<SignalStatement>? change = null) =>
        new(
            Callers.Of("a"),
            RandomNumberGenerator.GetBytes(16),
            IndicatorType.Email,
            "email/1/0f3c5a7b9d1e2f40",
            [1, 2, 3],
            Statements.Valid(TimeProvider.System.GetUtcNow(), change ?? (_ => { }))
        );

    private static ShardCommit CommitOf(Token token, long head) =>
        new(
            head,
            new LogRow(Shard, head + 1, 42, [new ShardChange(token, new IndicatorSummary(1), new byte[] { 1 })]),
            [new IndicatorWrite(token, 0, head + 1, new byte[] { 8, 1 })]
        );

    private static Token NewToken()
    {
        var bytes = RandomNumberGenerator.GetBytes(Token.Size);
        bytes[0] = (byte)Shard.Number;
        return new(bytes);
    }
}
