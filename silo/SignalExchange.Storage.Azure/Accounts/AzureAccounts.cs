using Azure.Core.Pipeline;
using Azure.Identity;
using SignalExchange.Storage.Azure.Requests;

namespace SignalExchange.Storage.Azure.Accounts;

/// <summary>The exchange's storage accounts, by the shards that they hold.</summary>
internal sealed class AzureAccounts : IDisposable
{
    private readonly AzureTransport _transport;
    private readonly ReadGate _reads;
    private readonly AzureAccount[] _accounts;

    /// <summary>Makes the clients of all accounts; nothing is asked yet.</summary>
    /// <param name="options">The settings, validated.</param>
    /// <param name="transport">The connections, which are closed with this.</param>
    /// <exception cref="FormatException">A connection string is none.</exception>
    public AzureAccounts(AzureStorageOptions options, AzureTransport transport)
    {
        (_transport, _reads) = (transport, new(options.MaxReaders));
        var clients = new AzureClientOptions(transport.Pipeline, options.RequestTimeout);
        var credential = options.UseManagedIdentity ? Credential(options, transport.Pipeline) : null;
        _accounts =
        [
            .. options.Accounts.Select(
                (account, i) => new AzureAccount(account, RangeOf(options, i), credential, clients, _reads)
            ),
        ];
    }

    /// <summary>Gets the accounts, in the order of their shards.</summary>
    public IReadOnlyList<AzureAccount> All => _accounts;

    /// <summary>Gets the account of what belongs to no shard.</summary>
    public AzureAccount First => _accounts[0];

    public void Dispose()
    {
        _transport.Dispose();
        _reads.Dispose();
    }

    private static ShardRange RangeOf(AzureStorageOptions options, int i) =>
        new(
            options.Accounts[i].FirstShard,
            (i + 1 < options.Accounts.Count ? options.Accounts[i + 1].FirstShard : options.ShardCount) - 1
        );

    // Both are of the machine that runs the exchange; no secret is kept anywhere, and no developer's sign-in is tried.
    private static ChainedTokenCredential Credential(AzureStorageOptions options, HttpPipelineTransport transport)
    {
        var workload = new WorkloadIdentityCredentialOptions { Transport = transport };
        var machine = new ManagedIdentityCredentialOptions(
            options.ManagedIdentityClientId is { } id
                ? ManagedIdentityId.FromUserAssignedClientId(id)
                : ManagedIdentityId.SystemAssigned
        )
        {
            Transport = transport,
        };
        if (options.ManagedIdentityClientId is { } clientId)
        {
            workload.ClientId = clientId;
        }

        return new(new WorkloadIdentityCredential(workload), new ManagedIdentityCredential(machine));
    }
}
