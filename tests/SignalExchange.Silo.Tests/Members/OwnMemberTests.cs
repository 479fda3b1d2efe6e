using Google.Protobuf;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.Silo.Tests.Signals;

namespace SignalExchange.Silo.Tests.Members;

/// <summary>What a member's administrators see: their own member and its signals, and nobody else's.</summary>
public sealed class OwnMemberTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_administrator_sees_the_own_member_and_what_became_of_its_signals()
    {
        await using var exchange = new ExchangeFixture { Settings = ["--Exchange:Census:Interval", "00:00:01"] };
        await exchange.InitializeAsync();
        var reporter = await Reporter.Join(exchange, "platform-a");
        var other = await Reporter.Join(exchange, "platform-b");
        var elements = await reporter.NewElements(2);
        await reporter.Submit([.. elements.Select(it => Reporter.SubmissionOf(it))]);
        await other.Submit(Reporter.SubmissionOf(elements[0]));
        await reporter.Withdraw(await reporter.TokenOf(elements[1]));
        var own = new MemberService.MemberServiceClient(exchange.InvokerFor(await Administrator(exchange)));

        var member = await own.GetOwnMemberAsync(new(), cancellationToken: Ct);
        var signals = await Counted(own);

        Assert.Equal(
            ("platform-a", "platform-a", 20_000ul),
            (member.Member.MemberId, member.Use.MemberId, member.Use.EvaluationsPerDay)
        );
        Assert.Equal(
            (2ul, 1ul, 1ul, 0ul),
            (signals.Totals.Said, signals.Totals.Live, signals.Totals.Wrong, signals.Totals.ConfirmedByOthers)
        );
        Assert.Equal(
            [SignalState.Retracted, SignalState.Active],
            signals.Signals.Select(it => it.State).OrderDescending()
        );
        Assert.Equal(
            RetractionReason.FalsePositive,
            signals.Signals.Single(it => it.State == SignalState.Retracted).RetractionReason
        );
    }

    private static async Task<ListOwnSignalsResponse> Counted(MemberService.MemberServiceClient own)
    {
        var found = new ListOwnSignalsResponse();
        for (var look = 0; look < 600 && found.Totals is not { Said: 2, Withdrawn: 1 }; look++)
        {
            await Task.Delay(100, Ct);
            found = await own.ListOwnSignalsAsync(new(), cancellationToken: Ct);
        }

        return found;
    }

    private static async Task<TestMember> Administrator(ExchangeFixture exchange)
    {
        var key = new TestMember("platform-a");
        await new MemberService.MemberServiceClient(exchange.InvokerFor(exchange.Operator)).AddMemberKeyAsync(
            new()
            {
                MemberId = "platform-a",
                Role = KeyRole.MemberAdministrator,
                PublicKey = ByteString.CopyFrom(key.PublicKey),
            },
            cancellationToken: Ct
        );
        return key;
    }
}
