using System.Security.Cryptography;
using Npgsql;
using NpgsqlTypes;
using SignalExchange.Storage.AccessLog;
using SignalExchange.Storage.Archives;
using SignalExchange.Storage.Postgres.Connections;
using SignalExchange.Storage.Postgres.Writes;

namespace SignalExchange.Storage.Postgres.Archives;

/// <summary>Fills empty tables by COPY, a table after the other, in the transaction that its connection is in.</summary>
internal sealed class TableFiller(NpgsqlConnection connection, int shardCount) : IAsyncDisposable
{
    private const string AddLog = """
        INSERT INTO access_log (name, epoch, first, size, published) VALUES ($1, $2, $3, $4, $5) RETURNING id
        """;

    private readonly long[] _heads = new long[shardCount];
    private readonly Dictionary<string, int> _logs = new(StringComparer.Ordinal);
    private NpgsqlBinaryImporter? _copy;
    private ArchiveKind? _kind;

    /// <summary>Adds a record. Those of a kind come one after the other.</summary>
    public async Task AddAsync(ArchiveRecord record, CancellationToken cancellationToken)
    {
        if (record is ArchivedAccessLog log)
        {
            await EndCopyAsync(cancellationToken);
            _logs[log.Log] = await AddAsync(log, cancellationToken);
            return;
        }

        if (_kind != record.Kind)
        {
            await EndCopyAsync(cancellationToken);
            _copy = await connection.BeginBinaryImportAsync(CopyOf(record.Kind), cancellationToken);
            _copy.Timeout = TimeSpan.Zero; // The next row may take its time.
            _kind = record.Kind;
        }

        await _copy!.StartRowAsync(cancellationToken);
        await WriteAsync(_copy, record, cancellationToken);
    }

    /// <summary>Ends the last table, and sets the heads.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        await EndCopyAsync(cancellationToken);
        int[] shards = [.. Enumerable.Range(0, _heads.Length)];
        await using var command = Parameters.Command(
            connection,
            "UPDATE shard_head SET head = wanted.head FROM unnest($1, $2) AS wanted (shard, head) WHERE shard_head.shard = wanted.shard",
            Parameters.Array(NpgsqlDbType.Integer, shards, static shard => shard),
            Parameters.Array(NpgsqlDbType.Bigint, shards, shard => _heads[shard])
        );
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _copy?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static string CopyOf(ArchiveKind kind) =>
        kind switch
        {
            ArchiveKind.State => "COPY grain_state (name, grain_id, etag, payload) FROM STDIN (FORMAT binary)",
            ArchiveKind.LogRow =>
                "COPY shard_log (shard, first_sequence, last_sequence, commit_id, changes) FROM STDIN (FORMAT binary)",
            ArchiveKind.Indicator => "COPY indicator (token, version, state) FROM STDIN (FORMAT binary)",
            ArchiveKind.Tail => "COPY access_log_tail (position, count, digest, records) FROM STDIN (FORMAT binary)",
            ArchiveKind.Resource => "COPY access_log_resource (log, path, content) FROM STDIN (FORMAT binary)",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A kind that is not copied."),
        };

    private Task WriteAsync(NpgsqlBinaryImporter copy, ArchiveRecord record, CancellationToken cancellationToken) =>
        record switch
        {
            ArchivedState it => WriteAsync(copy, it, cancellationToken),
            ArchivedLogRow it => WriteAsync(copy, it, cancellationToken),
            ArchivedIndicator it => WriteAsync(copy, it, cancellationToken),
            ArchivedTail it => WriteAsync(copy, it, cancellationToken),
            ArchivedResource it => WriteAsync(copy, it, cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(record), record.Kind, "A kind that is not copied."),
        };

    private static async Task WriteAsync(
        NpgsqlBinaryImporter copy,
        ArchivedState state,
        CancellationToken cancellationToken
    )
    {
        await copy.WriteAsync(state.Name, NpgsqlDbType.Text, cancellationToken);
        await copy.WriteAsync(state.GrainId, NpgsqlDbType.Text, cancellationToken);
        await copy.WriteAsync(state.ETag, NpgsqlDbType.Text, cancellationToken);
        await copy.WriteAsync(state.Payload, NpgsqlDbType.Bytea, cancellationToken);
    }

    private async Task WriteAsync(NpgsqlBinaryImporter copy, ArchivedLogRow row, CancellationToken cancellationToken)
    {
        await copy.WriteAsync(row.Shard.Number, NpgsqlDbType.Integer, cancellationToken);
        await copy.WriteAsync(row.FirstSequence, NpgsqlDbType.Bigint, cancellationToken);
        await copy.WriteAsync(row.LastSequence, NpgsqlDbType.Bigint, cancellationToken);
        await copy.WriteAsync(CommitStatements.CommitIdOf(row.CommitId), NpgsqlDbType.Uuid, cancellationToken);
        await copy.WriteAsync(row.Changes, NpgsqlDbType.Bytea, cancellationToken);
        _heads[row.Shard.Number] = row.LastSequence;
    }

    private static async Task WriteAsync(
        NpgsqlBinaryImporter copy,
        ArchivedIndicator indicator,
        CancellationToken cancellationToken
    )
    {
        await copy.WriteAsync(indicator.Token.ToArray(), NpgsqlDbType.Bytea, cancellationToken);
        await copy.WriteAsync(indicator.Version, NpgsqlDbType.Bigint, cancellationToken);
        await copy.WriteAsync(indicator.State, NpgsqlDbType.Bytea, cancellationToken);
    }

    private async Task WriteAsync(NpgsqlBinaryImporter copy, ArchivedTail row, CancellationToken cancellationToken)
    {
        var position = TailPosition.Of(_logs[row.Log], row.FirstIndex);
        var digest = new byte[SHA256.HashSizeInBytes];
        TailRowCodec.Digest(position, row.Count, row.Records.Span, digest);
        await copy.WriteAsync(position, NpgsqlDbType.Bigint, cancellationToken);
        await copy.WriteAsync(row.Count, NpgsqlDbType.Integer, cancellationToken);
        await copy.WriteAsync(digest, NpgsqlDbType.Bytea, cancellationToken);
        await copy.WriteAsync(row.Records, NpgsqlDbType.Bytea, cancellationToken);
    }

    private async Task WriteAsync(
        NpgsqlBinaryImporter copy,
        ArchivedResource resource,
        CancellationToken cancellationToken
    )
    {
        await copy.WriteAsync(_logs[resource.Log], NpgsqlDbType.Integer, cancellationToken);
        await copy.WriteAsync(resource.Path, NpgsqlDbType.Text, cancellationToken);
        await copy.WriteAsync(resource.Content, NpgsqlDbType.Bytea, cancellationToken);
    }

    private async Task<int> AddAsync(ArchivedAccessLog log, CancellationToken cancellationToken)
    {
        await using var command = Parameters.Command(
            connection,
            AddLog,
            Parameters.Text(log.Log),
            Parameters.Number(log.Epoch),
            Parameters.Number(log.Extent.First),
            Parameters.Number(log.Extent.Size),
            Parameters.Number(log.Extent.Published)
        );
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private async Task EndCopyAsync(CancellationToken cancellationToken)
    {
        if (_copy is { } copy)
        {
            await copy.CompleteAsync(cancellationToken);
            await copy.DisposeAsync();
            (_copy, _kind) = (null, null);
        }
    }
}
