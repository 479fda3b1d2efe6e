using SignalExchange.TestKit.Client;

namespace SignalExchange.Client.Tests.Server;

/// <summary>The SDK over the network answers about ads as the fake does.</summary>
public sealed class NetworkTemplateTests : TemplateBehaviour, IAsyncLifetime
{
    private TestExchange? _exchange;

    public async ValueTask InitializeAsync() => _exchange = await TestExchange.StartAsync();

    public ValueTask DisposeAsync() => _exchange!.DisposeAsync();

    protected override Task<ISignalExchangeClient> Join(string member, params string[] groups) =>
        Task.FromResult<ISignalExchangeClient>(_exchange!.Join(member, change: null, groups));
}
