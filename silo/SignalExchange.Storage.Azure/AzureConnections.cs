using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using SignalExchange.Storage.Azure.Accounts;

namespace SignalExchange.Storage.Azure;

/// <summary>The first account's tables for what is not the exchange's own data: the membership of silos.</summary>
/// <remarks>
/// The connections are made when they are first asked for, by the same settings and as silently as those of the stores. Requests
/// that fail on their way are repeated. Safe from any thread.
/// </remarks>
public sealed class AzureConnections : IDisposable
{
    private readonly Lazy<AzureAccounts> _accounts;

    /// <summary>Notes the settings; nothing is asked yet.</summary>
    public AzureConnections(IOptions<AzureStorageOptions> options) =>
        _accounts = new(() => new AzureAccounts(options.Value, new(around: null)));

    /// <summary>Gets the account's tables.</summary>
    public TableServiceClient Tables => _accounts.Value.First.Tables;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_accounts.IsValueCreated)
        {
            _accounts.Value.Dispose();
        }
    }
}
