using SignalExchange.Client;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.TestKit.Client;

namespace SignalExchange.Silo.Tests.Sdk;

/// <summary>The SDK against a whole exchange, about ads.</summary>
[Collection(SharedExchange.Name)]
public sealed class SdkTemplateTests(ExchangeFixture exchange) : TemplateBehaviour
{
    protected override async Task<ISignalExchangeClient> Join(string member, params string[] groups) =>
        await exchange.Join(member, groups);
}
