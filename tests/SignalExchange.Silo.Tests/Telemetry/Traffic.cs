using Grpc.Core;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.Silo.Tests.Signals;
using SignalExchange.Silo.Tests.Templates;

namespace SignalExchange.Silo.Tests.Telemetry;

/// <summary>A little of everything that members do, so that every metric has something to say.</summary>
internal static class Traffic
{
    public static async Task Make(ExchangeFixture exchange)
    {
        var reporter = await Reporter.Join(exchange, "makes-traffic");
        var element = (await reporter.NewElements(1))[0];
        var submission = Reporter.SubmissionOf(element);
        await reporter.Submit(submission);
        await reporter.Submit(submission); // known already
        await reporter.Submit(Reporter.SubmissionOf(element, statement => statement.Confidence = 101)); // refused
        var token = await reporter.TokenOf(element);
        await reporter.Check([token]);
        await reporter.Signals.WithdrawAsync(
            new()
            {
                KeyId = (await reporter.Key()).KeyId,
                Withdrawals =
                {
                    new Withdrawal
                    {
                        SubmissionId = Contracts.SubmissionId.NewId().ToByteString(),
                        Token = Reporter.Pack([token]),
                        Reason = RetractionReason.Duplicate,
                    },
                },
            }
        );
        var ads = await AdReporter.Join(exchange, "reports-ads");
        await ads.Match(AdReporter.NewAd());
        await ads.Register(AdReporter.RegistrationOf(AdReporter.NewAd(), statement => statement.Confidence = 101)); // refused
        await Assert.ThrowsAsync<RpcException>(() =>
            reporter.Signals.CheckAsync(new CheckRequest { KeyId = "no key" }).ResponseAsync
        );
        await Assert.ThrowsAsync<RpcException>(() =>
            new SignalService.SignalServiceClient(exchange.InvokerFor(null)).CheckAsync(new()).ResponseAsync
        );
    }
}
