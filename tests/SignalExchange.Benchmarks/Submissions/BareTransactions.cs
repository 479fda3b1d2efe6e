using System.Globalization;
using System.Security.Cryptography;
using Azure.Data.Tables;

namespace SignalExchange.Benchmarks.Submissions;

/// <summary>The least that a durable submission can cost in Azure Tables: the rows of <see cref="BareLoop"/>, an entity group transaction a batch.</summary>
/// <remarks>
/// As many transactions run at a time as the exchange has writers, each in one of as many partitions as it has shards: one after the
/// other they would wait for the network, and measure that.
/// </remarks>
internal sealed class BareTransactions
{
    private const int AtATime = 64;
    private const int Partitions = 256;
    private const int MaxIndicators = 99; // 100 rows, one of them the log's.

    private readonly TableClient _table;
    private readonly BareRows _rows = new();

    private BareTransactions(TableClient table) => _table = table;

    /// <summary>Connects, and makes the table.</summary>
    public static async Task<BareTransactions> Open(string connectionString)
    {
        var table = new TableClient(connectionString, "Bare");
        await table.CreateIfNotExistsAsync();
        return new(table);
    }

    /// <summary>Commits so many submissions, in transactions of so many, or of as many as there can be in one.</summary>
    public Task Commit(int count, int batch)
    {
        var size = Math.Min(batch, MaxIndicators);
        return Parallel.ForAsync(
            0,
            (count + size - 1) / size,
            new ParallelOptions { MaxDegreeOfParallelism = AtATime },
            async (number, cancellationToken) =>
                await _table.SubmitTransactionAsync(Rows(Math.Min(size, count - (number * size))), cancellationToken)
        );
    }

    private List<TableTransactionAction> Rows(int indicators)
    {
        var partition = RandomNumberGenerator.GetInt32(Partitions).ToString(CultureInfo.InvariantCulture);
        var rows = new List<TableTransactionAction> { Row(partition, "log", _rows.ChangesOf(indicators)) };
        for (var i = 0; i < indicators; i++)
        {
            rows.Add(Row(partition, "indicator", _rows.State));
        }

        return rows;
    }

    private static TableTransactionAction Row(string partition, string kind, byte[] data) =>
        new(
            TableTransactionActionType.Add,
            new TableEntity(partition, $"{kind}_{RandomNumberGenerator.GetHexString(64)}") { ["Data"] = data }
        );
}
