namespace SignalExchange.Silo.Hosting;

/// <summary>What keeps the exchange's data.</summary>
public enum StorageEngine
{
    /// <summary>Files in the data folder, which one silo has to itself.</summary>
    Sqlite,

    /// <summary>A PostgreSQL database, which all silos share.</summary>
    Postgres,

    /// <summary>Tables and blobs of one or more accounts of Azure Storage, which all silos share.</summary>
    AzureStorage,
}
