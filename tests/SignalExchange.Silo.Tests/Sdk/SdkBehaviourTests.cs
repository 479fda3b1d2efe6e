using SignalExchange.Client;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.TestKit.Client;

namespace SignalExchange.Silo.Tests.Sdk;

/// <summary>The SDK against a whole exchange: real keys, real proofs, real storage.</summary>
[Collection(SharedExchange.Name)]
public sealed class SdkBehaviourTests(ExchangeFixture exchange) : ClientBehaviour
{
    protected override async Task<ISignalExchangeClient> Join(string member, params string[] groups) =>
        await exchange.Join(member, groups, change: options => options.BatchSize = 50);

    protected override async Task Suspend(string member) =>
        await new MemberService.MemberServiceClient(exchange.InvokerFor(exchange.Operator)).SuspendMemberAsync(
            new() { MemberId = member },
            cancellationToken: TestContext.Current.CancellationToken
        );
}
