using SignalExchange.TestKit.Client;

namespace SignalExchange.Client.Tests.Server;

/// <summary>The SDK over the network behaves as the fake does.</summary>
public sealed class NetworkBehaviourTests : ClientBehaviour, IAsyncLifetime
{
    private TestExchange? _exchange;

    public async ValueTask InitializeAsync() => _exchange = await TestExchange.StartAsync();

    public ValueTask DisposeAsync() => _exchange!.DisposeAsync();

    protected override Task<ISignalExchangeClient> Join(string member, params string[] groups) =>
        Task.FromResult<ISignalExchangeClient>(_exchange!.Join(member, options => options.BatchSize = 50, groups));

    protected override Task Suspend(string member)
    {
        _exchange!.Suspended[member] = true;
        return Task.CompletedTask;
    }
}
