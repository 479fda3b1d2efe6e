using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SignalExchange.Contracts;

namespace SignalExchange.Storage.Sqlite;

/// <summary>The embedded engine: shards, logs, indicators and grain states in one SQLite file.</summary>
public sealed class SqliteExchangeStore : IShardStore, IGrainStateStore, IAsyncDisposable
{
    private const int LogPage = 256;

    private readonly SqliteStorageOptions _options;
    private readonly ILogger<SqliteExchangeStore> _logger;
    private OpenDatabase? _open;

    /// <summary>Creates the engine; <see cref="OpenAsync"/> opens its file.</summary>
    public SqliteExchangeStore(IOptions<SqliteStorageOptions> options, ILogger<SqliteExchangeStore> logger)
    {
        _options = options.Value;
        _logger = logger;
        Shards = new ShardMap(_options.ShardCount);
    }

    /// <inheritdoc/>
    public ShardMap Shards { get; }

    /// <summary>Gets how many transactions the database committed: fewer than commits, since they share them.</summary>
    public long Transactions => Database.Writer.Transactions;

    private OpenDatabase Database =>
        _open ?? throw new InvalidOperationException("The storage is used before OpenAsync, or after it was closed.");

    /// <summary>Takes the data folder and opens the database, or makes it.</summary>
    /// <exception cref="StorageInUseException">Another process has the folder.</exception>
    /// <exception cref="StorageFormatException">The file is of a newer version, of another number of shards, or not ours.</exception>
    public Task OpenAsync(CancellationToken cancellationToken) =>
        Task.Run(
            () =>
            {
                _open = OpenDatabase.Open(_options, _logger);
                SqliteStorageLog.Opened(_logger, _options.DataDirectory, Shards.Count);
            },
            cancellationToken
        );

    /// <inheritdoc/>
    public async ValueTask<long> ReadHeadAsync(Shard shard, CancellationToken cancellationToken)
    {
        RequireShard(shard);
        return await Database.Readers.Read(
            connection =>
            {
                using var command = Command(connection, "SELECT head FROM shard_head WHERE shard = $0", shard.Number);
                return command.ExecuteScalar() as long? ?? 0;
            },
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public Task<CommitOutcome> CommitAsync(ShardCommit commit, CancellationToken cancellationToken)
    {
        RequireShard(commit.Row.Shard);
        CommitRules.Require(commit);
        return Database.Writer.Write(
            statements =>
            {
                var outcome = Commit(statements, commit);
                return (outcome, outcome == CommitOutcome.Committed);
            },
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<LogRow> ReadLogAsync(
        Shard shard,
        long afterSequence,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        RequireShard(shard);
        for (var after = afterSequence; ; )
        {
            var from = after;
            var page = await Database.Readers.Read(connection => ReadPage(connection, shard, from), cancellationToken);
            foreach (var row in page)
            {
                yield return row;
            }

            if (page.Count < LogPage)
            {
                yield break;
            }

            after = page[^1].LastSequence;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IndicatorRow?> ReadIndicatorAsync(Token token, CancellationToken cancellationToken) =>
        await Database.Readers.Read(
            connection =>
            {
                using var command = Command(
                    connection,
                    "SELECT version, state FROM indicator WHERE token = $0",
                    token.ToArray()
                );
                using var reader = command.ExecuteReader();
                return reader.Read() ? new IndicatorRow(token, reader.GetInt64(0), (byte[])reader[1]) : null;
            },
            cancellationToken
        );

    /// <inheritdoc/>
    public async ValueTask<GrainStateRow?> ReadAsync(
        string stateName,
        string grainId,
        CancellationToken cancellationToken
    ) =>
        await Database.Readers.Read(
            connection =>
            {
                using var command = Command(
                    connection,
                    "SELECT etag, payload FROM grain_state WHERE name = $0 AND grain_id = $1",
                    stateName,
                    grainId
                );
                using var reader = command.ExecuteReader();
                return reader.Read() ? new GrainStateRow(ETagOf(reader.GetInt64(0)), (byte[])reader[1]) : null;
            },
            cancellationToken
        );

    /// <inheritdoc/>
    public async Task<string> WriteAsync(
        string stateName,
        string grainId,
        ReadOnlyMemory<byte> payload,
        string? expectedETag,
        CancellationToken cancellationToken
    )
    {
        var expected = ETagValue(expectedETag);
        var next = expected + 1;
        var isWritten = await Database.Writer.Write(
            statements =>
            {
                var bytes = payload.ToArray();
                var isDone = expectedETag is null
                    ? statements.InsertState(stateName, grainId, next, bytes)
                    : statements.UpdateState(stateName, grainId, next, bytes, expected);
                return (isDone, isDone);
            },
            cancellationToken
        );
        return isWritten ? ETagOf(next) : throw new StaleStateException();
    }

    /// <inheritdoc/>
    public async Task ClearAsync(
        string stateName,
        string grainId,
        string? expectedETag,
        CancellationToken cancellationToken
    )
    {
        var isCleared = await Database.Writer.Write(
            statements =>
            {
                var isDeleted =
                    expectedETag is not null && statements.DeleteState(stateName, grainId, ETagValue(expectedETag));
                var isDone = isDeleted || (expectedETag is null && !statements.HasState(stateName, grainId));
                return (isDone, isDeleted);
            },
            cancellationToken
        );
        if (!isCleared)
        {
            throw new StaleStateException();
        }
    }

    /// <summary>Lets what waits come to its end, closes the file and gives the folder back.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _open, null) is { } open)
        {
            await open.DisposeAsync();
        }
    }

    private static CommitOutcome Commit(SqliteStatements statements, ShardCommit commit)
    {
        if (!statements.MoveHead(commit.Row.Shard, commit.ExpectedHead, commit.Row.LastSequence))
        {
            return CommitOutcome.StaleHead;
        }

        statements.AppendLog(commit.Row);
        return commit.Indicators.All(statements.WriteIndicator)
            ? CommitOutcome.Committed
            : CommitOutcome.StaleIndicator;
    }

    private static List<LogRow> ReadPage(SqliteConnection connection, Shard shard, long after)
    {
        using var command = Command(
            connection,
            "SELECT first_sequence, commit_id, changes FROM shard_log WHERE shard = $0 AND last_sequence > $1 "
                + "ORDER BY last_sequence LIMIT $2",
            shard.Number,
            after,
            LogPage
        );
        using var reader = command.ExecuteReader();
        var rows = new List<LogRow>();
        while (reader.Read())
        {
            var commitId = BinaryPrimitives.ReadUInt128BigEndian((byte[])reader[1]);
            rows.Add(new(shard, reader.GetInt64(0), commitId, LogRowCodec.Decode((byte[])reader[2])));
        }

        return rows;
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, params ReadOnlySpan<object> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var place = 0; place < values.Length; place++)
        {
            command.Parameters.AddWithValue("$" + place.ToString(CultureInfo.InvariantCulture), values[place]);
        }

        return command;
    }

    private void RequireShard(Shard shard)
    {
        if (!Shards.Contains(shard))
        {
            throw new ArgumentOutOfRangeException(
                nameof(shard),
                shard.Number,
                $"Shards go from 0 to {Shards.Count - 1}."
            );
        }
    }

    private static string ETagOf(long etag) => etag.ToString(CultureInfo.InvariantCulture);

    // An ETag that is none of ours matches no row.
    private static long ETagValue(string? etag) =>
        etag is null ? 0
        : long.TryParse(etag, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value
        : -1;
}
