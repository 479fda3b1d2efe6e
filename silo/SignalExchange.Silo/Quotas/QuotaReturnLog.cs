namespace SignalExchange.Silo.Quotas;

/// <summary>What is logged of leases that go back.</summary>
internal static partial class QuotaReturnLog
{
    [LoggerMessage(1, LogLevel.Warning, "Leases on quotas could not be returned; they count as used until they can.")]
    public static partial void NotReturned(ILogger logger, Exception failure);
}
