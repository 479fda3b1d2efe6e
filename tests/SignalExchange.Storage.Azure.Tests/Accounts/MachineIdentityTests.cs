using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using Azure.Core.Pipeline;
using Microsoft.Extensions.Options;
using SignalExchange.TestKit.Azurite;
using SignalExchange.TestKit.Certificates;
using SignalExchange.TestKit.Logging;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Azure.Tests.Accounts;

/// <summary>An exchange without any key: its accounts are shown what the machine's own identity is given.</summary>
public sealed class MachineIdentityTests : IAsyncLifetime
{
    // Each test asks for an identity of its own: what a process was given for one, MSAL keeps for all its clients.
    private const string ClientId = "5d2b8a0e-4a7d-4c0e-9a3c-0f6a4f1f7c11";
    private const string OtherClientId = "8f0c3a52-6f0e-4a86-8a53-5a1b6f6f2b77";

    private readonly ListLogger<AzureExchangeStore> _log = new();
    private readonly X509Certificate2 _certificate;
    private AzuriteProcess _azurite = null!;

    public MachineIdentityTests()
    {
        using var authority = new TestAuthority();
        _certificate = authority.ForServer();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _azurite = await AzuriteProcess.StartForTokensAsync(_certificate, Cancellation);

    public async ValueTask DisposeAsync()
    {
        await _azurite.DisposeAsync();
        _certificate.Dispose();
    }

    [Theory]
    [InlineData(null)]
    [InlineData(ClientId)]
    public async Task What_is_committed_as_the_machine_is_there(string? clientId)
    {
        using var machine = new AzureMachine(_certificate);
        await using var store = Store(machine, clientId);
        await store.OpenAsync(Cancellation);
        var model = new ShardModel(store.Shards, new(3));

        await model.CommitAsync(store, model.Next(1, 2), Cancellation);

        await ShardAssert.HoldsAsync(model, store, Cancellation);
        var shown = new AuthenticationHeaderValue("Bearer", machine.Token);
        Assert.All(machine.Shown, it => Assert.Equal(shown, it));
        Assert.All(
            machine.Asked,
            uri =>
                Assert.Contains(
                    "resource=https://storage.azure.com",
                    Uri.UnescapeDataString(uri.Query),
                    StringComparison.OrdinalIgnoreCase
                )
        );
        Assert.All(
            machine.Asked,
            uri =>
                Assert.Equal(
                    clientId is not null,
                    uri.Query.Contains($"client_id={ClientId}", StringComparison.Ordinal)
                )
        );
        Assert.NotEmpty(machine.Asked);
    }

    [Fact]
    public async Task A_machine_without_an_identity_is_refused_before_anything_is_asked_and_the_reason_is_said()
    {
        using var machine = new AzureMachine(_certificate) { HasIdentity = false };
        await using var store = Store(machine, OtherClientId);

        var refused = await Assert.ThrowsAsync<StorageUnavailableException>(() => store.OpenAsync(Cancellation));

        Assert.Contains("identity", refused.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(machine.Shown);
    }

    private AzureExchangeStore Store(AzureMachine machine, string? clientId)
    {
        var options = new AzureStorageOptions
        {
            Prefix = AzuriteFixture.NewName(),
            UseManagedIdentity = true,
            ManagedIdentityClientId = clientId,
        };
        options.Accounts.Add(
            new() { TableService = _azurite.Address("Table"), BlobService = _azurite.Address("Blob") }
        );
        return new(Options.Create(options), _log, _ => new HttpClientTransport(machine));
    }
}
