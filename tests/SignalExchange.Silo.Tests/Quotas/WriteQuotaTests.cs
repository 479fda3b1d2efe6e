using System.Security.Cryptography;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Index;
using SignalExchange.Silo.Members;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.Silo.Tests.Signals;
using SignalExchange.Silo.Tests.Templates;
using SignalExchange.Tokens.Voprf;

namespace SignalExchange.Silo.Tests.Quotas;

/// <summary>What a member writes a day, seen from outside.</summary>
public sealed class WriteQuotaTests : IAsyncLifetime
{
    private const int Submissions = 20;
    private const int Withdrawals = 30;
    private const int Registrations = 3;

    private readonly ExchangeFixture _exchange = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private long Known => _exchange.Services.GetRequiredService<LocalIndex>().Count;

    public async ValueTask InitializeAsync()
    {
        await _exchange.Bootstrap();
        await Start();
    }

    public ValueTask DisposeAsync() => _exchange.DisposeAsync();

    [Fact]
    public async Task Elements_that_nobody_evaluated_grow_the_exchange_by_a_days_limit_and_no_more()
    {
        var member = await Reporter.Join(_exchange, "makes-up-elements");
        await member.Submit(NewSubmissions(Submissions - 1));
        var before = Known;

        var refused = await RpcErrors.Of(() => member.Submit(NewSubmissions(2)));
        var failure = await Assert.ThrowsAsync<RpcException>(() => member.Submit(NewSubmissions(2)));
        Assert.Equal(before, Known); // nothing of the batch, though one of it would have fitted
        await member.Submit(NewSubmissions(1));

        Assert.Equal((ErrorReason.QuotaSubmissionsSpent, StatusCode.ResourceExhausted), (refused.Reason, refused.Code));
        Assert.Equal(("20", "2"), (refused.Info.Metadata["limit"], refused.Info.Metadata["actual"]));
        Assert.NotNull(failure.GetRpcStatus()!.GetDetail<RetryInfo>());
        Assert.Equal(before + 1, Known);
    }

    [Fact]
    public async Task A_stream_of_made_up_elements_ends_at_the_limit_with_the_reason()
    {
        var member = await Reporter.Join(_exchange, "streams-elements");
        var keyId = (await member.Key()).KeyId;
        using var stream = member.Signals.SubmitStream(cancellationToken: Ct);
        for (var batch = 1; batch <= 3; batch++)
        {
            var request = new SubmitRequest { KeyId = keyId, Submissions = { NewSubmissions(8) } };
            await stream.RequestStream.WriteAsync(new() { BatchNumber = (ulong)batch, Batch = request }, Ct);
        }

        Assert.True(await stream.ResponseStream.MoveNext(Ct));
        Assert.True(await stream.ResponseStream.MoveNext(Ct));
        Assert.Equal(
            ErrorReason.QuotaSubmissionsSpent,
            await RpcErrors.ReasonOf(() => stream.ResponseStream.MoveNext(Ct))
        );
        Assert.Equal(16, Known);
    }

    [Fact]
    public async Task The_same_submission_again_and_what_is_refused_cost_nothing()
    {
        var member = await Reporter.Join(_exchange, "retries-writes");
        var first = NewSubmissions(Submissions - 1);
        var broken = NewSubmissions(5);
        Array.ForEach(broken, submission => submission.Element = ByteString.CopyFrom(new byte[32]));
        await member.Submit(first);

        Assert.All(await member.Submit(first[..1]), it => Assert.True(it.Accepted.AlreadyKnown));
        await Assert.ThrowsAsync<RpcException>(() => member.Submit(broken)); // more than is left, until it is known to be nothing
        Assert.NotNull((await member.Submit(broken[..1]))[0].Error);

        Assert.NotNull((await member.Submit(NewSubmissions(1)))[0].Accepted);
    }

    [Fact]
    public async Task What_was_written_counts_after_a_restart()
    {
        var member = await _exchange.AddMember("writes-and-restarts");
        await new Reporter(_exchange.InvokerFor(member)).Submit(NewSubmissions(15));

        await _exchange.Stop();
        await Start();

        var after = new Reporter(_exchange.InvokerFor(member));
        Assert.Equal(
            ErrorReason.QuotaSubmissionsSpent,
            await RpcErrors.ReasonOf(() => after.Submit(NewSubmissions(6)))
        );
        await after.Submit(NewSubmissions(5));
    }

    [Fact]
    public async Task Made_up_tokens_are_withdrawn_up_to_the_limit_and_activate_nothing()
    {
        var member = await Reporter.Join(_exchange, "withdraws-made-up");
        var before = await Activations();

        var results = await member.Withdraw(NewTokens(Withdrawals));

        Assert.All(results, it => Assert.Equal(ErrorReason.SignalNotFound, it.Error.Reason));
        Assert.Equal(before, await Activations());
        var refused = await RpcErrors.Of(() => member.Withdraw(NewTokens(1)));
        Assert.Equal((ErrorReason.QuotaWithdrawalsSpent, "30"), (refused.Reason, refused.Info.Metadata["limit"]));
    }

    [Fact]
    public async Task What_was_acknowledged_is_withdrawn_at_once_and_withdrawing_it_again_gets_the_same_answer()
    {
        var member = await Reporter.Join(_exchange, "takes-back");
        var submission = NewSubmissions(1)[0];
        Assert.NotNull((await member.Submit(submission))[0].Accepted);
        var request = new WithdrawRequest
        {
            KeyId = (await member.Key()).KeyId,
            Withdrawals =
            {
                new Withdrawal
                {
                    SubmissionId = SubmissionId.NewId().ToByteString(),
                    Token = ByteString.CopyFrom((await member.TokenOf(submission.Element)).ToArray()),
                    Reason = RetractionReason.FalsePositive,
                },
            },
        };

        var first = (await member.Signals.WithdrawAsync(request, cancellationToken: Ct)).Results[0].Accepted;
        var again = (await member.Signals.WithdrawAsync(request, cancellationToken: Ct)).Results[0].Accepted;

        Assert.Equal((false, true), (first.AlreadyKnown, again.AlreadyKnown));
        Assert.Equal((first.SignalId, first.Position), (again.SignalId, again.Position));
    }

    [Fact]
    public async Task Made_up_ads_raise_nobodys_threshold_beyond_a_days_registrations()
    {
        var member = await AdReporter.Join(_exchange, "registers-many");
        await member.Register(NewRegistrations(2));

        var refused = await RpcErrors.Of(() => member.Register(NewRegistrations(2)));
        await member.Register(NewRegistrations(1));

        Assert.Equal((ErrorReason.QuotaRegistrationsSpent, "3"), (refused.Reason, refused.Info.Metadata["limit"]));
        Assert.Equal(
            ErrorReason.QuotaRegistrationsSpent,
            await RpcErrors.ReasonOf(() => member.Register(NewRegistrations(1)))
        );
    }

    [Fact]
    public async Task A_member_with_a_quota_of_its_own_writes_more_and_anothers_is_untouched()
    {
        var (large, other) = (await Reporter.Join(_exchange, "is-large"), await Reporter.Join(_exchange, "is-small"));
        var members = new MemberService.MemberServiceClient(_exchange.InvokerFor(_exchange.Operator));
        await members.SetQuotaAsync(
            new()
            {
                MemberId = "is-large",
                Quota = new() { SubmissionsPerDay = Submissions + 1 },
            },
            cancellationToken: Ct
        );
        await ExchangeFixture.Until(
            () => _exchange.Services.GetRequiredService<MemberDirectory>().LimitsOf("is-large").SubmissionsPerDay > 0,
            "its own quota holds"
        );

        await large.Submit(NewSubmissions(Submissions + 1));

        Assert.Equal(
            ErrorReason.QuotaSubmissionsSpent,
            await RpcErrors.ReasonOf(() => other.Submit(NewSubmissions(Submissions + 1)))
        );
    }

    private Task Start() =>
        _exchange.Start(
            "--Exchange:Quotas:SubmissionsPerDay",
            $"{Submissions}",
            "--Exchange:Quotas:WithdrawalsPerDay",
            $"{Withdrawals}",
            "--Exchange:Quotas:RegistrationsPerDay",
            $"{Registrations}"
        );

    private async Task<int> Activations()
    {
        var management = _exchange.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0);
        var statistics = await management.GetSimpleGrainStatistics();
        return statistics
            .Where(it => it.GrainType.Contains("Indicator", StringComparison.Ordinal))
            .Sum(it => it.ActivationCount);
    }

    // Random points: no key was asked.
    private static Submission[] NewSubmissions(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => Reporter.SubmissionOf(NewElement()))];

    private static TemplateRegistration[] NewRegistrations(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => AdReporter.RegistrationOf(AdReporter.NewAd()))];

    private static Token[] NewTokens(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => new Token(RandomNumberGenerator.GetBytes(Token.Size)))];

    private static ByteString NewElement()
    {
        using var key = VoprfKey.Generate();
        return ByteString.CopyFrom(key.PublicKey.ToArray());
    }
}
