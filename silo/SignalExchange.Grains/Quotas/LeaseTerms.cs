namespace SignalExchange.Grains.Quotas;

/// <summary>By what an allowance is handed out.</summary>
/// <param name="Limit">The most a day.</param>
/// <param name="Block">How much a lease holds beyond what is needed at once.</param>
internal readonly record struct LeaseTerms(long Limit, long Block)
{
    /// <summary>A killed silo takes one block with it, so a block is a small part of the day.</summary>
    private const int BlocksPerDay = 100;

    /// <summary>Returns the terms of a day's limit.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="smallestBlock">Below it a lease is not worth a write.</param>
    public static LeaseTerms Of(long limit, long smallestBlock) =>
        new(limit, Math.Max(limit / BlocksPerDay, smallestBlock));
}
