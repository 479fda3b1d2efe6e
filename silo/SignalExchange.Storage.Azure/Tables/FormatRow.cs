using Azure.Data.Tables;
using SignalExchange.Storage.Azure.Accounts;
using SignalExchange.Storage.Azure.Errors;

namespace SignalExchange.Storage.Azure.Tables;

/// <summary>The row of each account's table that says what the table is: its format, and which shards it holds of how many.</summary>
/// <remarks>Written when the table is made, never changed. Its key lies behind those of all shards.</remarks>
internal static class FormatRow
{
    /// <summary>The version of the rows' layout.</summary>
    public const int Format = 1;

    private const string Key = "format";
    private const string FormatProperty = "Format";
    private const string ShardCount = "ShardCount";
    private const string FirstShard = "FirstShard";
    private const string LastShard = "LastShard";

    /// <summary>Writes the row of a new table, or compares that of an old one.</summary>
    /// <returns>Whether it was written.</returns>
    /// <exception cref="StorageFormatException">The table is newer, or holds other shards.</exception>
    /// <exception cref="StorageUnavailableException">It can't be read or written.</exception>
    public static async Task<bool> EnsureAsync(
        AzureTable table,
        ShardRange shards,
        int shardCount,
        CancellationToken cancellationToken
    )
    {
        var stored = await table.FindAsync(Key, Key, null, cancellationToken);
        if (stored is null && await TryAddAsync(table, shards, shardCount))
        {
            return true;
        }

        stored ??= await table.FindAsync(Key, Key, null, cancellationToken);
        Check(stored ?? new(Key, Key), table.Account, shards, shardCount);
        return false;
    }

    private static async Task<bool> TryAddAsync(AzureTable table, ShardRange shards, int shardCount)
    {
        try
        {
            await table.AddAsync(
                new(Key, Key)
                {
                    [FormatProperty] = Format,
                    [ShardCount] = shardCount,
                    [FirstShard] = shards.First,
                    [LastShard] = shards.Last,
                }
            );
            return true;
        }
        catch (AzureFailureException exception)
        {
            // Another silo was quicker, or this one's reply was lost: the row tells.
            return exception.Failure.Kind is AzureFailureKind.ConditionFailed or AzureFailureKind.Unknown
                ? false
                : throw AzureErrors.Unavailable(exception.Failure, table.Account);
        }
    }

    private static void Check(TableEntity stored, string account, ShardRange shards, int shardCount)
    {
        if (stored.GetInt32(FormatProperty) is not Format)
        {
            throw new StorageFormatException(
                $"The tables of account '{account}' have format {(object?)stored.GetInt32(FormatProperty) ?? "none"}, "
                    + $"this version knows {Format}. Use the version that wrote them."
            );
        }

        if (stored.GetInt32(ShardCount) != shardCount)
        {
            throw new StorageFormatException(
                $"The tables of account '{account}' were made with {stored.GetInt32(ShardCount)} shards, the settings say "
                    + $"{shardCount}. The number is fixed for the life of an exchange."
            );
        }

        var range = new ShardRange(stored.GetInt32(FirstShard) ?? -1, stored.GetInt32(LastShard) ?? -1);
        if (range != shards)
        {
            throw new StorageFormatException(
                $"Account '{account}' holds shards {range}, the settings say {shards}. Set FirstShard as it was when the tables were made."
            );
        }
    }
}
