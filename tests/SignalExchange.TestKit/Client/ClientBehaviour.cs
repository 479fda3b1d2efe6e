using System.Security.Cryptography;
using SignalExchange.Client;
using SignalExchange.Client.Errors;
using SignalExchange.Client.Submissions;
using SignalExchange.Contracts.V1;
using SignalExchange.TestKit.Signals;
using SignalExchange.Tokens;

namespace SignalExchange.TestKit.Client;

/// <summary>What a platform may rely on: holds for the exchange and for the fake that platforms test with.</summary>
public abstract class ClientBehaviour
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>Makes the client of a new member.</summary>
    protected abstract Task<ISignalExchangeClient> Join(string member, params string[] groups);

    /// <summary>Suspends a member.</summary>
    protected abstract Task Suspend(string member);

    [Fact]
    public async Task What_one_submits_another_is_told_in_another_spelling()
    {
        var (a, b) = (await Join("sdk-tells"), await Join("sdk-is-told"));
        var name = NewName();

        var outcome = await a.SubmitAsync(Of(Identifier.Email($"{name}@gmail.com")), Ct);
        var result = await b.CheckAsync(
            Identifier.Email($"{name.ToUpperInvariant()}+x@googlemail.com").GetOrThrow(),
            CheckPurpose.Test,
            Ct
        );

        Assert.True(outcome.IsAccepted);
        Assert.Equal("sdk-tells", Assert.Single(result.Verdict!.Signals).Owner);
        Assert.Equal(PermittedAction.ReviewRequired, result.Verdict.PermittedAction);
    }

    [Fact]
    public async Task What_nobody_reported_is_not_known()
    {
        var a = await Join("sdk-asks");

        Assert.False((await a.CheckAsync(NewIdentifier(), CheckPurpose.Test, Ct)).IsKnown);
    }

    [Fact]
    public async Task Outside_the_audience_it_reads_as_not_known()
    {
        var (a, b, c) = (
            await Join("sdk-ring-a", "sdk-ring"),
            await Join("sdk-ring-b", "sdk-ring"),
            await Join("sdk-ring-c")
        );
        var identifier = NewIdentifier();
        var audience = new Audience { ShareLevel = ShareLevel.Amber, GroupIds = { "sdk-ring" } };

        await a.SubmitAsync(new(identifier, Statements.Valid(Now, statement => statement.Audience = audience)), Ct);

        Assert.True((await b.CheckAsync(identifier, CheckPurpose.Test, Ct)).IsKnown);
        Assert.False((await c.CheckAsync(identifier, CheckPurpose.Test, Ct)).IsKnown);
        Assert.Empty((await c.GetAsync([identifier], CheckPurpose.Test, Ct))[0].Signals);
    }

    [Fact]
    public async Task What_is_withdrawn_is_not_known_and_its_owner_sees_why()
    {
        var (a, b) = (await Join("sdk-withdraws"), await Join("sdk-asks-again"));
        var identifier = NewIdentifier();
        await a.SubmitAsync(Of(identifier), Ct);

        var outcome = await a.WithdrawAsync(new(identifier, RetractionReason.FalsePositive), Ct);

        Assert.Equal((true, 2u), (outcome.IsAccepted, outcome.Revision));
        Assert.False((await b.CheckAsync(identifier, CheckPurpose.Test, Ct)).IsKnown);
        var own = Assert.Single((await a.GetAsync([identifier], CheckPurpose.Test, Ct))[0].Signals);
        Assert.Equal((SignalState.Retracted, RetractionReason.FalsePositive), (own.State, own.RetractionReason));
    }

    [Fact]
    public async Task Nobody_withdraws_what_is_not_its_own()
    {
        var (a, b) = (await Join("sdk-owner"), await Join("sdk-not-owner"));
        var identifier = NewIdentifier();
        await a.SubmitAsync(Of(identifier), Ct);

        var outcome = await b.WithdrawAsync(new(identifier, RetractionReason.FalsePositive), Ct);

        Assert.Equal(ErrorReason.SignalNotFound, outcome.Refusal?.Reason);
    }

    [Fact]
    public async Task The_same_submission_again_gets_the_first_answer()
    {
        var a = await Join("sdk-retries");
        var submission = Of(NewIdentifier());

        var first = await a.SubmitAsync(submission, Ct);
        var again = await a.SubmitAsync(submission, Ct);

        Assert.True(again.IsAlreadyKnown);
        Assert.Equal((first.Signal, first.Revision), (again.Signal, again.Revision));
    }

    [Fact]
    public async Task A_batch_of_all_kinds_is_answered_in_its_order_and_a_bad_one_fails_alone()
    {
        var (a, b) = (await Join("sdk-batch-a"), await Join("sdk-batch-b"));
        var name = NewName();
        Identifier[] identifiers =
        [
            Identifier.Email($"{name}@mail.example").GetOrThrow(),
            Identifier.AccountHandle("photo.example", name).GetOrThrow(),
            Identifier.Email($"{name}2@mail.example").GetOrThrow(),
            Identifier.Url($"https://site.example/{name}").GetOrThrow(),
        ];
        var submissions = identifiers.Select(identifier => Of(identifier)).ToArray();
        submissions[2] = new(identifiers[2], Statements.Valid(Now, statement => statement.Confidence = 101));

        var outcomes = await a.SubmitBatchAsync(submissions, Ct);
        var results = await b.CheckBatchAsync(identifiers, CheckPurpose.Test, Ct);

        Assert.Equal([true, true, false, true], outcomes.Select(outcome => outcome.IsAccepted));
        Assert.Equal(
            (ErrorReason.OutOfRange, "statement.confidence"),
            (outcomes[2].Refusal?.Reason, outcomes[2].Refusal?.Field)
        );
        Assert.Equal([true, true, false, true], results.Select(result => result.IsKnown));
        Assert.Equal(identifiers, results.Select(result => result.Identifier));
        Assert.Equal(submissions.Select(submission => submission.Id), outcomes.Select(outcome => outcome.Id));
    }

    [Fact]
    public async Task Bulk_keeps_the_order_of_any_number()
    {
        var a = await Join("sdk-bulk");
        var name = NewName();
        var identifiers = Enumerable
            .Range(0, 120)
            .Select(number => Identifier.Email($"{name}{number}@mail.example").GetOrThrow())
            .ToList();

        var outcomes = await a.SubmitManyAsync(
                identifiers
                    .Where((_, place) => place % 3 == 0)
                    .Select(identifier => Of(identifier))
                    .ToAsyncEnumerable(),
                Ct
            )
            .ToListAsync(Ct);
        var results = await a.CheckManyAsync(identifiers.ToAsyncEnumerable(), CheckPurpose.Test, Ct).ToListAsync(Ct);

        Assert.Equal(40, outcomes.Count(outcome => outcome.IsAccepted));
        Assert.Equal(identifiers, results.Select(result => result.Identifier));
        Assert.Equal(
            Enumerable.Range(0, 120).Select(place => place % 3 == 0),
            results.Select(result => result.IsKnown)
        );
    }

    [Fact]
    public async Task Sharing_with_a_group_one_does_not_belong_to_is_refused()
    {
        var a = await Join("sdk-no-group");
        var audience = new Audience { ShareLevel = ShareLevel.Amber, GroupIds = { "not-mine" } };

        var outcome = await a.SubmitAsync(
            new(NewIdentifier(), Statements.Valid(Now, statement => statement.Audience = audience)),
            Ct
        );

        Assert.Equal(ErrorReason.AudienceNotYours, outcome.Refusal?.Reason);
    }

    [Fact]
    public async Task A_suspended_member_is_refused()
    {
        var a = await Join("sdk-suspended");
        await Suspend("sdk-suspended");

        var refused = await Assert.ThrowsAsync<SignalExchangeException>(() =>
            a.CheckAsync(NewIdentifier(), CheckPurpose.Test, Ct)
        );

        Assert.Equal(ErrorReason.MemberSuspended, refused.Reason);
    }

    [Fact]
    public async Task A_call_that_is_cancelled_ends()
    {
        var a = await Join("sdk-cancelled");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            a.CheckAsync(NewIdentifier(), CheckPurpose.Test, new CancellationToken(canceled: true))
        );
    }

    private static SignalSubmission Of(IdentifierResult identifier) => Of(identifier.GetOrThrow());

    private static SignalSubmission Of(Identifier identifier) => new(identifier, Statements.Valid(Now));

    private static Identifier NewIdentifier() => Identifier.Email($"{NewName()}@mail.example").GetOrThrow();

    private static string NewName() => "n" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
}
