using Azure.Data.Tables;
using SignalExchange.Storage.Archives;
using SignalExchange.Storage.Azure.Shards;
using SignalExchange.Storage.Azure.States;
using SignalExchange.Storage.Azure.Tables;

namespace SignalExchange.Storage.Azure.Archives;

/// <summary>Fills the tables of shards and of grains' states. For one thread.</summary>
internal sealed class TableFiller(ArchiveSession session, TableBatches batches)
{
    private readonly long[] _heads = new long[session.Map.Count];

    /// <summary>Adds a record.</summary>
    /// <exception cref="StorageFormatException">It is larger than a row can be.</exception>
    public Task AddAsync(ArchiveRecord record, CancellationToken cancellationToken)
    {
        switch (record)
        {
            case ArchivedState it:
                Check(it.Payload, "A grain's state");
                var row = StateEntity.Of(session.States.Key(it), it);
                return batches.AddAsync(session.States.Table, Upsert(row), it.Payload.Length, cancellationToken);
            case ArchivedLogRow it:
                Check(it.Changes, "A row of a shard's log");
                _heads[it.Shard.Number] = it.LastSequence;
                return AddAsync(it.Shard, ShardEntities.OfLogRow(it), it.Changes.Length, cancellationToken);
            case ArchivedIndicator it:
                Check(it.State, "An indicator's state");
                var shard = session.Map.ShardOf(it.Token);
                var entity = ShardEntities.OfIndicator(shard, it.Token, it.Version, it.State);
                return AddAsync(shard, entity, it.State.Length, cancellationToken);
            default:
                throw new ArgumentOutOfRangeException(nameof(record), record.Kind, "A kind that is in no table.");
        }
    }

    /// <summary>Adds the heads, and waits until all is written.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        foreach (var shard in session.Map.All)
        {
            // Added, and not put over what is there: one that comes late must not set a shard back that a silo writes to.
            var head = ShardEntities.OfHead(shard, _heads[shard.Number]);
            await batches.AddAsync(
                session.Shards.Of(shard),
                new(TableTransactionActionType.Add, head),
                0,
                cancellationToken
            );
        }

        await batches.FinishAsync(cancellationToken);
    }

    private Task AddAsync(Shard shard, TableEntity entity, long bytes, CancellationToken cancellationToken) =>
        batches.AddAsync(session.Shards.Of(shard), Upsert(entity), bytes, cancellationToken);

    private static TableTransactionAction Upsert(TableEntity entity) =>
        new(TableTransactionActionType.UpsertReplace, entity);

    private static void Check(ReadOnlyMemory<byte> payload, string what)
    {
        if (payload.Length > PayloadProperties.MaxBytes)
        {
            throw new StorageFormatException(
                $"{what} has {payload.Length} bytes; Azure Tables takes {PayloadProperties.MaxBytes} in a row. Use another engine."
            );
        }
    }
}
