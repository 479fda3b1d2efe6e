using SignalExchange.Client.Testing;
using SignalExchange.TestKit.Client;

namespace SignalExchange.Client.Tests.Testing;

/// <summary>The fake that platforms test with behaves as the exchange.</summary>
public sealed class FakeBehaviourTests : ClientBehaviour
{
    private readonly FakeSignalExchange _exchange = new();

    protected override Task<ISignalExchangeClient> Join(string member, params string[] groups) =>
        Task.FromResult(_exchange.CreateClient(member, groups));

    protected override Task Suspend(string member)
    {
        _exchange.Suspend(member);
        return Task.CompletedTask;
    }
}
