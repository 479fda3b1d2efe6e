using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.DependencyInjection;
using SignalExchange.Client.Checks;
using SignalExchange.Client.Credentials;
using SignalExchange.Client.DependencyInjection;
using SignalExchange.Client.Submissions;
using SignalExchange.Client.Testing;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens;

namespace SignalExchange.Client.Tests;

/// <summary>The quick start's C#, so that it compiles; <see cref="QuickStartTests"/> run it, and a test of the architecture compares the two.</summary>
internal static class QuickStartSample
{
    public static void Add(IServiceCollection services)
    {
        #region quickstart_services
        services.AddSignalExchange(options =>
        {
            options.Endpoint = new Uri("https://exchange.example");
            options.Credential = MemberCredential.FromPemFile(new MemberId("platform-a"), "platform-a.key.pem");
        });
        #endregion
    }

    public static async Task<SubmitOutcome> Submit(ISignalExchangeClient client, DateTimeOffset now)
    {
        #region quickstart_submit
        var statement = new SignalStatement
        {
            Status = SignalStatus.Confirmed,
            Severity = Severity.Severe,
            Confidence = 90, // of 100, that the statement is right
            Precision = Precision.High, // that the identifier is one person's
            ReviewStatus = ReviewStatus.ReviewedManually,
            Categories = { ExploitationCategory.CseGrooming },
            SubjectRole = SubjectRole.Groomer,
            VictimAgeBand = VictimAgeBand.Under18,
            EvidenceBasis = { EvidenceBasis.Conversation },
            DetectionMethod = DetectionMethod.UserReport,
            ActionsTaken = { AccountAction.AccountTerminated },
            ActionAutomation = ActionAutomation.NotAutomated,
            ActionTime = now.ToTimestamp(),
            ExpiresAt = now.AddDays(90).ToTimestamp(),
            Audience = new Audience { ShareLevel = ShareLevel.Amber, GroupIds = { "trust-ring" } },
            PermittedAction = PermittedAction.ReviewRequired, // what others may do when they hear of it
        };
        var banned = Identifier.Phone("+1 202 555 0143").GetOrThrow();
        var outcome = await client.SubmitAsync(banned, statement); // accepted is durable
        #endregion
        return outcome;
    }

    public static async Task<SubmitOutcome> Withdraw(ISignalExchangeClient client)
    {
        #region quickstart_withdraw
        var cleared = Identifier.Phone("+1 202 555 0143").GetOrThrow();
        var withdrawn = await client.WithdrawAsync(cleared, RetractionReason.AppealUpheld); // at once, for everybody
        #endregion
        return withdrawn;
    }

    public static async Task<CheckResult> Test(Func<ISignalExchangeClient, Task> submitAfterBan)
    {
        #region quickstart_test
        var exchange = new FakeSignalExchange();
        var us = exchange.CreateClient("platform-a", "trust-ring");
        var others = exchange.CreateClient("platform-b", "trust-ring");

        await submitAfterBan(us); // your code

        var result = await others.CheckAsync(Identifier.Phone("+12025550143").GetOrThrow(), CheckPurpose.Registration);
        #endregion
        return result;
    }
}
