using SignalExchange.Storage.Azure.Tables;

namespace SignalExchange.Storage.Azure.Shards;

/// <summary>Whether a commit fits into one entity group transaction.</summary>
/// <remarks>
/// The service takes 100 rows and a body of 4 MiB
/// (https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions). In the body, bytes are
/// base64 and each row has a request of its own around it.
/// </remarks>
internal static class CommitSize
{
    /// <summary>What a commit may hold.</summary>
    public static readonly ShardCommitLimits Limits = new(
        MaxChanges: MaxRows - FixedRows,
        MaxStateBytes: PayloadProperties.MaxBytes,
        MaxLogBytes: PayloadProperties.MaxBytes,
        MaxCommitBytes: (MaxBodyBytes - MaxRows * RowOverheadBytes) / 4 * 3
    );

    private const int MaxRows = 100;
    private const int FixedRows = 2; // The head and the log's row.
    private const int MaxBodyBytes = 4 * 1024 * 1024;

    // Headers, keys, names and types of a row: 900 bytes and 60 for each further 64 KiB, measured.
    private const int RowOverheadBytes = 1536;

    /// <summary>Throws unless the commit fits.</summary>
    /// <exception cref="ArgumentException">It doesn't; the message says why.</exception>
    public static void Check(ShardCommit commit)
    {
        if (Limits.Broken(commit) is { } broken)
        {
            throw new ArgumentException($"{broken} Azure Tables takes no more in one transaction.", nameof(commit));
        }
    }
}
