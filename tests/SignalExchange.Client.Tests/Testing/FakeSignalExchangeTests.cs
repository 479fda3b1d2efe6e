using Microsoft.Extensions.Time.Testing;
using SignalExchange.Client.Errors;
using SignalExchange.Client.Testing;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.TestKit.Signals;
using SignalExchange.Tokens;

namespace SignalExchange.Client.Tests.Testing;

/// <summary>What the fake can do beyond the exchange: its clock is yours, and it fails when told.</summary>
public sealed class FakeSignalExchangeTests
{
    private static readonly Identifier Someone = Identifier.Email("someone@mail.example").GetOrThrow();

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly FakeSignalExchange _exchange;

    public FakeSignalExchangeTests() => _exchange = new FakeSignalExchange(_clock);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_signal_ends_by_the_fakes_clock()
    {
        var (a, b) = (_exchange.CreateClient("platform-a"), _exchange.CreateClient("platform-b"));
        await Submit(a);

        _clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromTicks(1));
        var before = await b.CheckAsync(Someone, CheckPurpose.Test, Ct);
        _clock.Advance(TimeSpan.FromTicks(1));
        var after = await b.CheckAsync(Someone, CheckPurpose.Test, Ct);

        Assert.True(before.IsKnown);
        Assert.False(after.IsKnown);
        Assert.Equal(SignalState.Expired, (await a.GetAsync(Someone, CheckPurpose.Test, Ct)).Signals[0].State);
    }

    [Fact]
    public async Task It_fails_when_told_and_as_often()
    {
        var a = _exchange.CreateClient("platform-a");
        _exchange.FailNext(ErrorReason.StorageUnavailable, calls: 2);

        for (var call = 0; call < 2; call++)
        {
            var failure = await Assert.ThrowsAsync<SignalExchangeException>(() =>
                a.CheckAsync(Someone, CheckPurpose.Test, Ct)
            );
            Assert.Equal(ErrorReason.StorageUnavailable, failure.Reason);
        }

        Assert.False((await a.CheckAsync(Someone, CheckPurpose.Test, Ct)).IsKnown);
    }

    [Fact]
    public async Task Bulk_goes_on_after_what_passes_and_not_after_what_does_not()
    {
        var a = _exchange.CreateClient("platform-a");
        _exchange.FailNext(ErrorReason.NotReady);

        var results = await a.CheckManyAsync(new[] { Someone }.ToAsyncEnumerable(), CheckPurpose.Test, Ct)
            .ToListAsync(Ct);
        _exchange.FailNext(ErrorReason.RoleNotAllowed);

        Assert.Single(results);
        await Assert.ThrowsAsync<SignalExchangeException>(() =>
            a.CheckManyAsync(new[] { Someone }.ToAsyncEnumerable(), CheckPurpose.Test, Ct).ToListAsync(Ct).AsTask()
        );
    }

    [Fact]
    public async Task It_refuses_items_when_told()
    {
        var a = _exchange.CreateClient("platform-a");
        _exchange.RefuseNext(ErrorReason.WriteQueueFull);
        var submission = Samples.Submission(Someone);
        submission = submission with { Statement = Statements.Valid(_clock.GetUtcNow()) };

        var refused = await a.SubmitAsync(submission, Ct);
        var accepted = await a.SubmitAsync(submission, Ct);

        Assert.Equal((ErrorReason.WriteQueueFull, true), (refused.Refusal?.Reason, refused.IsTransient));
        Assert.Equal((true, 1u), (accepted.IsAccepted, accepted.Revision));
    }

    [Fact]
    public async Task A_suspended_member_that_is_reinstated_may_call_again()
    {
        var a = _exchange.CreateClient("platform-a");
        _exchange.Suspend("platform-a");
        await Assert.ThrowsAsync<SignalExchangeException>(() => a.MakeTokensAsync([Someone], Ct));

        _exchange.Reinstate("platform-a");

        Assert.Single(await a.MakeTokensAsync([Someone], Ct));
    }

    [Fact]
    public async Task Signals_stay_through_a_rotation_and_stored_tokens_do_not()
    {
        var (a, b) = (_exchange.CreateClient("platform-a"), _exchange.CreateClient("platform-b"));
        await Submit(a);
        var stored = (await b.MakeTokensAsync([Someone], Ct))[0];
        Assert.True((await CheckStored(b, stored)).IsKnown);

        _exchange.RotateKeys();

        var retired = await Assert.ThrowsAsync<SignalExchangeException>(() => CheckStored(b, stored));
        Assert.Equal(ErrorReason.KeyRetired, retired.Reason);
        Assert.True((await b.CheckAsync(Someone, CheckPurpose.Test, Ct)).IsKnown);
        Assert.NotEqual(stored.Token, (await b.MakeTokensAsync([Someone], Ct))[0].Token);
        Assert.Equal(2u, (await Submit(a, statement => statement.Confidence = 50)).Revision);
    }

    [Fact]
    public async Task Two_clients_of_one_id_are_one_member_with_the_latest_groups()
    {
        var first = _exchange.CreateClient("platform-a");
        _exchange.CreateClient("platform-a", groups: ["ring"]);

        var outcome = await Submit(
            first,
            statement => statement.Audience = new Audience { ShareLevel = ShareLevel.Amber, GroupIds = { "ring" } }
        );

        Assert.True(outcome.IsAccepted);
    }

    [Fact]
    public async Task What_a_test_does_to_an_answer_does_not_change_the_exchange()
    {
        var a = _exchange.CreateClient("platform-a");
        await Submit(a);

        (await a.CheckAsync(Someone, CheckPurpose.Test, Ct)).Verdict!.Signals[0].Owner = "somebody-else";
        (await a.GetAsync(Someone, CheckPurpose.Test, Ct)).Signals[0].Statement.Confidence = 1;

        var signal = (await a.CheckAsync(Someone, CheckPurpose.Test, Ct)).Verdict!.Signals[0];
        Assert.Equal(("platform-a", 90u), (signal.Owner, signal.Statement.Confidence));
    }

    [Fact]
    public async Task Ids_are_forgotten_after_seven_days_as_by_the_exchange()
    {
        var a = _exchange.CreateClient("platform-a");
        var id = SubmissionId.NewId();
        await a.SubmitAsync(Someone, Statements.Valid(_clock.GetUtcNow()), id, Ct);

        _clock.Advance(Limits.SubmissionMemory);
        await Submit(a, statement => statement.Confidence = 50);
        var outcome = await a.SubmitAsync(Someone, Statements.Valid(_clock.GetUtcNow()), id, Ct);

        Assert.Equal((true, false, 3u), (outcome.IsAccepted, outcome.IsAlreadyKnown, outcome.Revision));
    }

    private Task<Client.Submissions.SubmitOutcome> Submit(
        ISignalExchangeClient client,
        Action<SignalStatement>? change = null
    ) => client.SubmitAsync(Someone, Statements.Valid(_clock.GetUtcNow(), change ?? (_ => { })), cancellationToken: Ct);

    private static async Task<Client.Checks.TokenCheckResult> CheckStored(
        ISignalExchangeClient client,
        EvaluatedIdentifier stored
    ) => (await client.CheckTokensAsync(stored.KeyId, [stored.Token], CheckPurpose.Test, cancellationToken: Ct))[0];
}
