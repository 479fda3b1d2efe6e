using SignalExchange.Storage.Azure.Accounts;

namespace SignalExchange.Storage.Azure.Shards;

/// <summary>Which table holds a shard: one table of the same name in each account.</summary>
internal sealed class ShardTables
{
    private readonly AzureTable[] _tables;

    /// <summary>Makes the map.</summary>
    /// <param name="tables">Each account's table with the shards in it; every shard has one.</param>
    public ShardTables(IEnumerable<(AzureTable Table, ShardRange Shards)> tables) =>
        _tables = [.. tables.SelectMany(it => Enumerable.Repeat(it.Table, it.Shards.Last - it.Shards.First + 1))];

    /// <summary>Returns the table of a shard.</summary>
    public AzureTable Of(Shard shard) => _tables[shard.Number];
}
