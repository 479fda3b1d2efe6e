namespace SignalExchange.Storage.Postgres.AccessLog;

/// <summary>What this store knows of a log that it writes.</summary>
/// <param name="Id">The log's number in this database; never changes.</param>
/// <param name="Epoch">That of the lease.</param>
/// <param name="Settled">The number of the last settling.</param>
internal readonly record struct HeldLog(int Id, long Epoch, long Settled)
{
    /// <summary>Returns what a row says.</summary>
    public static HeldLog Of(StoredLog log) => new(log.Id, log.Epoch, log.Settled);
}
