using System.Globalization;

namespace SignalExchange.Storage;

/// <summary>A fixed slice of token space: the unit of writing, ordering and storage.</summary>
/// <param name="Number">From 0 to the number of shards less one.</param>
public readonly record struct Shard(int Number)
{
    /// <summary>Returns the number.</summary>
    public override string ToString() => Number.ToString(CultureInfo.InvariantCulture);
}
