using SignalExchange.Contracts.V1;
using SignalExchange.Silo.AccessLog;
using SignalExchange.Silo.Tests.Hosting;

namespace SignalExchange.Silo.Tests.AccessLog;

/// <summary>Who has no credentials cannot fill the log.</summary>
public sealed class UnauthenticatedRefusalsTests : IAsyncLifetime
{
    private const int Recorded = 3;

    private readonly ExchangeFixture _exchange = new()
    {
        Settings = ["--Exchange:Security:UnauthenticatedRefusalsPerAddress", $"{Recorded}"],
    };

    public ValueTask InitializeAsync() => _exchange.InitializeAsync();

    public ValueTask DisposeAsync() => _exchange.DisposeAsync();

    [Fact]
    public async Task Beyond_its_share_an_address_is_refused_and_counted_and_one_entry_says_how_many()
    {
        var before = _exchange.Log.Size;
        for (var call = 0; call < Recorded + 4; call++)
        {
            Assert.Equal(
                ErrorReason.CredentialsMissing,
                await RpcErrors.ReasonOf(() => _exchange.InvokerFor(null).Call("/any.Where/Else", []))
            );
        }

        // Whoever has credentials is recorded all the same.
        using var member = await _exchange.AddMember("is-authenticated");
        await RpcErrors.ReasonOf(() => _exchange.InvokerFor(member).Call("/any.Where/Else", []));
        await _exchange.Stop();
        await _exchange.Start();

        var entries = await _exchange.EntriesSince(before);
        Assert.Equal(Recorded, entries.Count(it => it.Reason == ErrorReason.CredentialsMissing));
        Assert.Single(entries, it => it.Reason == ErrorReason.MethodUnknown);
        var counted = Assert.Single(entries, it => it.Method == UnauthenticatedRefusals.Event);
        Assert.Equal((4u, 4u), (counted.Asked, counted.Refused));
    }
}
