using SignalExchange.Client.Testing;
using SignalExchange.TestKit.Client;

namespace SignalExchange.Client.Tests.Testing;

/// <summary>The fake that platforms test with answers about ads as the exchange does.</summary>
public sealed class FakeTemplateTests : TemplateBehaviour
{
    private readonly FakeSignalExchange _exchange = new();

    protected override Task<ISignalExchangeClient> Join(string member, params string[] groups) =>
        Task.FromResult(_exchange.CreateClient(member, groups));
}
