namespace SignalExchange.Storage.Azure.Accounts;

/// <summary>The shards of one account.</summary>
/// <param name="First">The first one's number.</param>
/// <param name="Last">The last one's number.</param>
internal readonly record struct ShardRange(int First, int Last)
{
    /// <summary>Returns the numbers, for people.</summary>
    public override string ToString() => $"{First} to {Last}";
}
