using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using SignalExchange.Storage.Azure.Accounts;

namespace SignalExchange.Storage.Azure;

/// <summary>The first account for what is not the exchange's own data: the membership of silos, and their snapshots.</summary>
/// <remarks>
/// The connections are made when they are first asked for, by the same settings and as silently as those of the stores. Requests
/// that fail on their way are repeated. Safe from any thread.
/// </remarks>
public sealed class AzureConnections : IDisposable
{
    private readonly Lazy<AzureAccounts> _accounts;

    /// <summary>Notes the settings; nothing is asked yet.</summary>
    public AzureConnections(IOptions<AzureStorageOptions> options)
        : this(options, around: null) { }

    /// <summary>Notes the settings, with something between the SDK and its connections: tests make faults with it.</summary>
    internal AzureConnections(
        IOptions<AzureStorageOptions> options,
        Func<HttpPipelineTransport, HttpPipelineTransport>? around
    ) => _accounts = new(() => new AzureAccounts(options.Value, new(around)));

    /// <summary>Gets the account's tables.</summary>
    public TableServiceClient Tables => First.Tables;

    /// <summary>Gets the account.</summary>
    internal AzureAccount First => _accounts.Value.First;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_accounts.IsValueCreated)
        {
            _accounts.Value.Dispose();
        }
    }
}
