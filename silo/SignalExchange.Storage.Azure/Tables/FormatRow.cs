using Azure.Data.Tables;
using SignalExchange.Storage.Azure.Accounts;
using SignalExchange.Storage.Azure.Errors;

namespace SignalExchange.Storage.Azure.Tables;

/// <summary>The row of each account's table that says what the table is: its format, and which shards it holds of how many.</summary>
/// <remarks>
/// Written when the table is made. While everything is restored into it, it says so, and no silo begins. Its key lies behind those of all shards.
/// </remarks>
internal static class FormatRow
{
    /// <summary>The version of the rows' layout.</summary>
    public const int Format = 1;

    private const string Key = "format";
    private const string FormatProperty = "Format";
    private const string ShardCount = "ShardCount";
    private const string FirstShard = "FirstShard";
    private const string LastShard = "LastShard";
    private const string Filling = "Filling";

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
        var stored = await FindAsync(table, cancellationToken);
        if (stored is null && await TryAddAsync(table, shards, shardCount))
        {
            return true;
        }

        stored ??= await FindAsync(table, cancellationToken);
        Check(stored ?? new(Key, Key), table.Account, shards, shardCount);
        return false;
    }

    /// <summary>Compares the row of a table that is not made here.</summary>
    /// <exception cref="StorageFormatException">The table is newer, holds other shards, or is not whole.</exception>
    /// <exception cref="StorageUnavailableException">It can't be read.</exception>
    public static async Task CheckAsync(
        AzureTable table,
        ShardRange shards,
        int shardCount,
        CancellationToken cancellationToken
    ) => Check(await FindAsync(table, cancellationToken) ?? new(Key, Key), table.Account, shards, shardCount);

    /// <summary>Reads how many shards the exchange has whose table this is.</summary>
    /// <exception cref="StorageFormatException">It is no exchange's.</exception>
    /// <exception cref="StorageUnavailableException">It can't be read.</exception>
    public static async Task<int> ReadShardCountAsync(AzureTable table, CancellationToken cancellationToken) =>
        (await FindAsync(table, cancellationToken))?.GetInt32(ShardCount)
        ?? throw new StorageFormatException($"The tables of account '{table.Account}' are no exchange's.");

    /// <summary>Reads the row; null when there is none.</summary>
    public static Task<TableEntity?> FindAsync(AzureTable table, CancellationToken cancellationToken) =>
        table.FindAsync(Key, Key, null, cancellationToken);

    /// <summary>Returns into what everything is restored, or was when that broke off; null for a row that says nothing of it.</summary>
    public static string? FillingOf(TableEntity? row) => row?.GetString(Filling);

    /// <summary>Makes the row of a table into which everything is restored.</summary>
    /// <param name="shards">The shards in it.</param>
    /// <param name="shardCount">Of how many.</param>
    /// <param name="filling">Into what: all its tables and accounts.</param>
    public static TableEntity OfFilling(ShardRange shards, int shardCount, string filling)
    {
        var row = Of(shards, shardCount);
        row[Filling] = filling;
        return row;
    }

    /// <summary>Makes the row.</summary>
    public static TableEntity Of(ShardRange shards, int shardCount) =>
        new(Key, Key)
        {
            [FormatProperty] = Format,
            [ShardCount] = shardCount,
            [FirstShard] = shards.First,
            [LastShard] = shards.Last,
        };

    private static async Task<bool> TryAddAsync(AzureTable table, ShardRange shards, int shardCount)
    {
        try
        {
            await table.AddAsync(Of(shards, shardCount));
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

    /// <summary>Throws if there is a row, and it is not of this version.</summary>
    /// <exception cref="StorageFormatException">It isn't.</exception>
    public static void CheckFormat(TableEntity? stored, string account)
    {
        if (stored is { } && stored.GetInt32(FormatProperty) is not Format)
        {
            throw new StorageFormatException(
                $"The tables of account '{account}' have format {(object?)stored.GetInt32(FormatProperty) ?? "none"}, "
                    + $"this version knows {Format}. Use the version that wrote them."
            );
        }
    }

    private static void Check(TableEntity stored, string account, ShardRange shards, int shardCount)
    {
        CheckFormat(stored, account);
        if (FillingOf(stored) is { })
        {
            throw new StorageFormatException(
                $"The tables of account '{account}' are being filled from a backup, or were when that broke off. Restore again."
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
