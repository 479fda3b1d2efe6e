using System.Security.Cryptography;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.TestKit.Signals;

namespace SignalExchange.Silo.Tests.Signals;

/// <summary>What members say, and what others hear of it.</summary>
[Collection(SharedExchange.Name)]
public sealed class SubmitAndCheckTests(ExchangeFixture exchange)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_one_member_submits_another_is_told()
    {
        var (a, b) = (await Join("tells"), await Join("is-told"));
        var element = (await a.NewElements(1))[0];

        var accepted = (await a.Submit(Reporter.SubmissionOf(element)))[0].Accepted;
        var answer = await b.Check([await b.TokenOf(element)], accepted.Position);

        var verdict = Assert.Single(answer.Hits).Verdict;
        Assert.Equal("tells", Assert.Single(verdict.Signals).Owner);
        Assert.Equal(accepted.SignalId, verdict.Signals[0].SignalId);
        Assert.Equal((1u, VerdictStatus.Confirmed), (verdict.DistinctMembers, verdict.Status));
        Assert.Equal(accepted.Position, verdict.Position);
        Assert.Equal(accepted.Position, Assert.Single(answer.AsOf));
    }

    [Fact]
    public async Task Whoever_is_outside_the_audience_hears_what_nobody_reported()
    {
        var a = await Join("in-the-ring", "ring");
        var insider = await Join("ring-too", "ring");
        var outsider = await Join("outside");
        var element = (await a.NewElements(1))[0];
        var token = await a.TokenOf(element);

        await a.Submit(Reporter.SubmissionOf(element, statement => statement.Audience = Amber("ring")));

        Assert.Single((await insider.Check([token])).Hits);
        var outside = await outsider.Check([token]);
        Assert.Empty(outside.Hits);
        Assert.Single(outside.AsOf);
    }

    [Fact]
    public async Task What_is_withdrawn_is_gone_at_once_and_its_owner_still_sees_why()
    {
        var (a, b) = (await Join("withdraws"), await Join("asks-again"));
        var element = (await a.NewElements(1))[0];
        var token = await a.TokenOf(element);
        await a.Submit(Reporter.SubmissionOf(element));

        var results = await Withdraw(a, token);

        Assert.Equal(2u, results[0].Accepted.Revision);
        Assert.Empty((await b.Check([token])).Hits);
        var own = await a.Signals.GetAsync(await GetOf(a, token), cancellationToken: Ct);
        var signal = Assert.Single(Assert.Single(own.Results).Signals);
        Assert.Equal((SignalState.Retracted, RetractionReason.AppealUpheld), (signal.State, signal.RetractionReason));
        Assert.Empty((await b.Signals.GetAsync(await GetOf(b, token), cancellationToken: Ct)).Results);
    }

    [Fact]
    public async Task Bands_of_advertisements_are_no_indicators()
    {
        var member = await Join("asks-for-bands");
        var key = (await member.Key(IndicatorType.AdTemplate)).KeyId;
        var check = await member.CheckRequestOf([NewToken()]);
        var get = await GetOf(member, NewToken());
        (check.KeyId, get.KeyId) = (key, key);
        var element = (await member.NewElements(1))[0];
        var submit = new SubmitRequest { KeyId = key, Submissions = { Reporter.SubmissionOf(element) } };
        var withdraw = await WithdrawalOf(member, NewToken());
        withdraw.KeyId = key;

        var bands = (ErrorReason.KeyOfBands, StatusCode.InvalidArgument);
        Assert.Equal(bands, await Refusal(() => member.Signals.CheckAsync(check, cancellationToken: Ct).ResponseAsync));
        Assert.Equal(bands, await Refusal(() => member.Signals.GetAsync(get, cancellationToken: Ct).ResponseAsync));
        Assert.Equal(
            bands,
            await Refusal(() => member.Signals.SubmitAsync(submit, cancellationToken: Ct).ResponseAsync)
        );
        Assert.Equal(
            bands,
            await Refusal(() => member.Signals.WithdrawAsync(withdraw, cancellationToken: Ct).ResponseAsync)
        );
    }

    [Fact]
    public async Task Withdrawing_anothers_signal_and_one_that_is_not_there_read_the_same()
    {
        var (a, b) = (await Join("owns-it"), await Join("does-not"));
        var element = (await a.NewElements(1))[0];
        await a.Submit(Reporter.SubmissionOf(element));

        var others = await Withdraw(b, await a.TokenOf(element));
        var nobodys = await Withdraw(b, NewToken());

        Assert.Equal(ErrorReason.SignalNotFound, others[0].Error.Reason);
        Assert.Equal(others[0], nobodys[0]);
    }

    [Fact]
    public async Task A_retry_gets_the_first_answer()
    {
        var a = await Join("retries");
        var submission = Reporter.SubmissionOf((await a.NewElements(1))[0]);

        var first = (await a.Submit(submission))[0].Accepted;
        var again = (await a.Submit(submission))[0].Accepted;

        Assert.True(again.AlreadyKnown);
        Assert.Equal(
            (first.SignalId, first.Revision, first.Position),
            (again.SignalId, again.Revision, again.Position)
        );
    }

    [Fact]
    public async Task One_bad_item_does_not_fail_its_neighbours()
    {
        var a = await Join("mixed-batch");
        var elements = await a.NewElements(2);
        var twice = Reporter.SubmissionOf(elements[1]);

        var results = await a.Submit(
            Reporter.SubmissionOf(elements[0]),
            Reporter.SubmissionOf(elements[0], statement => statement.Severity = (Severity)99),
            Reporter.SubmissionOf(ByteString.CopyFrom(new byte[31])),
            Reporter.SubmissionOf(ByteString.CopyFrom(new byte[32])),
            Reporter.SubmissionOf(ByteString.CopyFrom(Enumerable.Repeat((byte)0xFF, 32).ToArray())),
            Reporter.SubmissionOf(
                elements[0],
                statement => statement.ExpiresAt = Reporter.Now.AddDays(181).ToTimestamp()
            ),
            Reporter.SubmissionOf(
                elements[0],
                statement => statement.ExpiresAt = Reporter.Now.AddDays(-1).ToTimestamp()
            ),
            Reporter.SubmissionOf(elements[0], statement => statement.Audience = Amber("not-mine")),
            twice,
            twice
        );

        Assert.Equal(
            [
                ErrorReason.Unspecified,
                ErrorReason.EnumUnknown,
                ErrorReason.FieldMalformed,
                ErrorReason.ElementInvalid,
                ErrorReason.ElementInvalid,
                ErrorReason.ExpiryTooFar,
                ErrorReason.ExpiryPassed,
                ErrorReason.AudienceNotYours,
                ErrorReason.Unspecified,
                ErrorReason.DuplicateInBatch,
            ],
            results.Select(result => result.Error?.Reason ?? ErrorReason.Unspecified)
        );
        Assert.Equal("statement.severity", results[1].Error.Field);
    }

    [Fact]
    public async Task What_the_contract_has_no_field_for_is_neither_taken_nor_kept()
    {
        var a = await Join("smuggler");
        var elements = await a.NewElements(2);
        var statement = Reporter.SubmissionOf(elements[0]);
        statement.Statement = statement.Statement.Smuggle("+1 202 555 0143");

        var results = await a.Submit(
            statement,
            Reporter.SubmissionOf(elements[1], it => it.Audience = it.Audience.Smuggle("+1 202 555 0143"))
        );
        var request = (await a.CheckRequestOf([NewToken()])).Smuggle("+1 202 555 0143");
        var check = await CheckFails(a, request);

        Assert.Equal(
            [(ErrorReason.FieldUnknown, "statement"), (ErrorReason.FieldUnknown, "statement.audience")],
            results.Select(result => (result.Error.Reason, result.Error.Field))
        );
        Assert.Equal(ErrorReason.FieldUnknown, check);
        Assert.Empty((await a.Check([await a.TokenOf(elements[0]), await a.TokenOf(elements[1])])).Hits);
    }

    [Fact]
    public async Task Envelopes_that_are_wrong_fail_the_call_with_nothing_done()
    {
        var a = await Join("bad-envelopes");
        var key = (await a.Key()).KeyId;
        var retired = key[..^16] + "0000000000000000";
        var token = Reporter.Pack([NewToken()]);

        Assert.Equal(
            ErrorReason.KeyUnknown,
            await CheckFails(
                a,
                new()
                {
                    KeyId = retired,
                    Tokens = token,
                    Purpose = CheckPurpose.Test,
                }
            )
        );
        Assert.Equal(
            ErrorReason.FieldMalformed,
            await CheckFails(
                a,
                new()
                {
                    KeyId = "x",
                    Tokens = token,
                    Purpose = CheckPurpose.Test,
                }
            )
        );
        Assert.Equal(ErrorReason.FieldMissing, await CheckFails(a, new() { KeyId = key, Tokens = token }));
        Assert.Equal(
            ErrorReason.EnumUnknown,
            await CheckFails(
                a,
                new()
                {
                    KeyId = key,
                    Tokens = token,
                    Purpose = (CheckPurpose)99,
                }
            )
        );
        Assert.Equal(ErrorReason.BatchEmpty, await CheckFails(a, new() { KeyId = key, Purpose = CheckPurpose.Test }));
        Assert.Equal(
            ErrorReason.FieldMalformed,
            await CheckFails(
                a,
                new()
                {
                    KeyId = key,
                    Tokens = ByteString.CopyFrom(new byte[33]),
                    Purpose = CheckPurpose.Test,
                }
            )
        );
    }

    [Fact]
    public async Task Ten_thousand_tokens_are_taken_and_one_more_is_not()
    {
        var a = await Join("big-batches");
        var tokens = Enumerable.Range(0, Limits.MaxBatch).Select(_ => NewToken()).ToList();

        Assert.Empty((await a.Check(tokens)).Hits);
        var (reason, code, info) = await RpcErrors.Of(() => a.Check([.. tokens, NewToken()]));

        Assert.Equal((ErrorReason.TooMany, StatusCode.InvalidArgument), (reason, code));
        Assert.Equal(("10000", "10001"), (info.Metadata["limit"], info.Metadata["actual"]));
    }

    [Fact]
    public async Task A_message_over_four_mebibytes_is_refused()
    {
        var a = await Join("huge-message");
        var request = new CheckRequest { Tokens = ByteString.CopyFrom(new byte[Limits.MaxMessageBytes + 1]) };

        var (reason, code, info) = await RpcErrors.Of(() =>
            a.Signals.CheckAsync(request, cancellationToken: Ct).ResponseAsync
        );

        Assert.Equal((ErrorReason.MessageTooLarge, StatusCode.InvalidArgument), (reason, code));
        Assert.Equal("4194304", info.Metadata["limit"]);
    }

    [Fact]
    public async Task A_position_that_was_not_reached_is_said_so()
    {
        var a = await Join("from-the-future");
        var token = NewToken();
        var ahead = new Position { Shard = token.ToArray()[0], Sequence = 1_000_000 };

        Assert.Equal(
            (ErrorReason.PositionNotReached, StatusCode.Unavailable),
            await Refusal(() => a.Check([token], ahead))
        );
        Assert.Equal(
            (ErrorReason.PositionInvalid, StatusCode.InvalidArgument),
            await Refusal(() => a.Check([token], new Position { Shard = 256 }))
        );
    }

    [Fact]
    public async Task A_bad_element_fails_an_evaluation_whole_and_is_named()
    {
        var a = await Join("bad-element");
        var key = await a.Key();
        var elements = ByteString.CopyFrom([.. key.PublicKey.ToByteArray(), .. new byte[32]]);

        var (reason, code, info) = await RpcErrors.Of(() => a.Evaluate(key.KeyId, elements));

        Assert.Equal((ErrorReason.ElementInvalid, StatusCode.InvalidArgument), (reason, code));
        Assert.Equal("1", info.Metadata["actual"]);
    }

    private Task<Reporter> Join(string member, params string[] groups) => Reporter.Join(exchange, member, groups);

    private static Token NewToken() => new(RandomNumberGenerator.GetBytes(Token.Size));

    private static Audience Amber(string group) => new() { ShareLevel = ShareLevel.Amber, GroupIds = { group } };

    private static async Task<IReadOnlyList<WithdrawResult>> Withdraw(Reporter member, Token token) =>
        (await member.Signals.WithdrawAsync(await WithdrawalOf(member, token), cancellationToken: Ct)).Results;

    private static async Task<WithdrawRequest> WithdrawalOf(Reporter member, Token token) =>
        new()
        {
            KeyId = (await member.Key()).KeyId,
            Withdrawals =
            {
                new Withdrawal
                {
                    SubmissionId = SubmissionId.NewId().ToByteString(),
                    Token = Reporter.Pack([token]),
                    Reason = RetractionReason.AppealUpheld,
                },
            },
        };

    private static async Task<GetRequest> GetOf(Reporter member, Token token) =>
        new()
        {
            KeyId = (await member.Key()).KeyId,
            Tokens = Reporter.Pack([token]),
            Purpose = CheckPurpose.Investigation,
        };

    private static Task<ErrorReason> CheckFails(Reporter member, CheckRequest request) =>
        RpcErrors.ReasonOf(() => member.Signals.CheckAsync(request, cancellationToken: Ct).ResponseAsync);

    private static async Task<(ErrorReason Reason, StatusCode Code)> Refusal(Func<Task> call)
    {
        var (reason, code, _) = await RpcErrors.Of(call);
        return (reason, code);
    }
}
