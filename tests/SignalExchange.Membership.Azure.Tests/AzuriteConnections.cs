using Microsoft.Extensions.Options;
using SignalExchange.Storage.Azure;
using SignalExchange.TestKit.Azurite;

namespace SignalExchange.Membership.Azure.Tests;

/// <summary>Connections to the tests' Azurite.</summary>
internal static class AzuriteConnections
{
    public static AzureConnections To(AzuriteProcess azurite)
    {
        var options = new AzureStorageOptions();
        options.Accounts.Add(new() { ConnectionString = azurite.ConnectionString() });
        return new(Options.Create(options));
    }
}
