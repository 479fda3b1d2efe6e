using Azure.Core.Pipeline;
using SignalExchange.Storage.Archives;

namespace SignalExchange.Storage.Azure.Archives;

/// <summary>Accounts without an exchange's data; its tables may be there, empty.</summary>
/// <remarks>
/// No transaction takes all of it. So the tables are marked first, and with the mark no silo opens them; what breaks off is taken away, at once or, where the
/// process died, by the next try.
/// </remarks>
public sealed class AzureArchiveTarget : IArchiveTarget
{
    private readonly AzureStorageOptions _options;
    private readonly Func<HttpPipelineTransport, HttpPipelineTransport>? _around;

    /// <summary>Names the storage; nothing is asked yet.</summary>
    /// <param name="options">Where it is. Its number of shards becomes that of the archive.</param>
    public AzureArchiveTarget(AzureStorageOptions options)
        : this(options, around: null) { }

    /// <summary>Names the storage, with something between it and its connections: tests make faults with it.</summary>
    internal AzureArchiveTarget(
        AzureStorageOptions options,
        Func<HttpPipelineTransport, HttpPipelineTransport>? around
    ) => (_options, _around) = (options, around);

    /// <inheritdoc/>
    public async Task WriteAsync(
        int shardCount,
        IAsyncEnumerable<ArchiveRecord> records,
        CancellationToken cancellationToken
    )
    {
        using var session = ArchiveSession.Of(_options, shardCount, _around);
        using var batches = new TableBatches();
        var tables = new TargetTables(session, batches);
        await tables.BeginAsync(cancellationToken);
        try
        {
            await FillAsync(session, batches, records, cancellationToken);
        }
        catch
        {
            await AbandonAsync(tables, batches);
            throw;
        }

        await tables.FinishAsync();
    }

    // Where that fails as well the marks stay, and what went wrong first is what is told.
    private static async Task AbandonAsync(TargetTables tables, TableBatches batches)
    {
        try
        {
            await batches.SettleAsync();
            await tables.AbandonAsync(CancellationToken.None);
        }
        catch (Exception exception)
            when (exception is StorageUnavailableException or CommitUnknownException or StorageInUseException)
        {
            // The next try takes away what is left.
        }
    }

    /// <inheritdoc/>
    public IArchiveSource ToSource() => new AzureArchiveSource(_options, isAlone: false, _around);

    private static async Task FillAsync(
        ArchiveSession session,
        TableBatches batches,
        IAsyncEnumerable<ArchiveRecord> records,
        CancellationToken cancellationToken
    )
    {
        var (tables, logs) = (new TableFiller(session, batches), new LogFiller(session.Logs));
        await foreach (var record in records.WithCancellation(cancellationToken))
        {
            await (
                record.Kind is ArchiveKind.State or ArchiveKind.LogRow or ArchiveKind.Indicator
                    ? tables.AddAsync(record, cancellationToken)
                    : logs.AddAsync(record)
            );
        }

        await tables.FinishAsync(cancellationToken);
        await logs.FinishAsync(cancellationToken);
    }
}
