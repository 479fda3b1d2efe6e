namespace SignalExchange.Storage.Azure;

/// <summary>A storage account and the shards that it holds: from <see cref="FirstShard"/> to the next account's.</summary>
/// <remarks>Named by the addresses of its services, or, for development only, by a connection string.</remarks>
public sealed class AzureStorageAccountOptions
{
    /// <summary>Gets or sets the first shard that this account holds.</summary>
    /// <value>0 for the first account, then growing, and less than the number of shards. The default is 0.</value>
    public int FirstShard { get; set; }

    /// <summary>Gets or sets the address of the table service, such as <c>https://NAME.table.core.windows.net</c>.</summary>
    /// <value>An https address without a query. Null, the default, goes with a connection string.</value>
    public Uri? TableService { get; set; }

    /// <summary>Gets or sets the address of the blob service, such as <c>https://NAME.blob.core.windows.net</c>.</summary>
    /// <value>An https address without a query. Null, the default, goes with a connection string.</value>
    public Uri? BlobService { get; set; }

    /// <summary>Gets or sets a connection string, with a key or a shared access signature: for Azurite and development.</summary>
    /// <value>Null, the default, in production: the services' addresses and a managed identity take its place.</value>
    public string? ConnectionString { get; set; }
}
