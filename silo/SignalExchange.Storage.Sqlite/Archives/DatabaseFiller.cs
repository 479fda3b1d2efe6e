using System.Buffers.Binary;
using Microsoft.Data.Sqlite;
using SignalExchange.Storage.Archives;

namespace SignalExchange.Storage.Sqlite.Archives;

/// <summary>Fills a new database that nobody uses yet: one transaction without a journal, since what breaks off is thrown away.</summary>
internal sealed class DatabaseFiller : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Statement _state;
    private readonly Statement _logRow;
    private readonly Statement _indicator;
    private readonly long[] _heads;

    /// <summary>Begins.</summary>
    /// <param name="file">The database, with its tables.</param>
    /// <param name="shardCount">The number of shards.</param>
    public DatabaseFiller(string file, int shardCount)
    {
        _heads = new long[shardCount];
        _connection = Connections.Open(file, SqliteOpenMode.ReadWrite);
        Connections.Execute(
            _connection,
            "PRAGMA synchronous = FULL; PRAGMA journal_mode = OFF; PRAGMA cache_size = -65536; BEGIN"
        );
        _state = new(_connection, "INSERT INTO grain_state (name, grain_id, etag, payload) VALUES (?1, ?2, ?3, ?4)");
        _logRow = new(
            _connection,
            "INSERT INTO shard_log (position, first_sequence, commit_id, changes) VALUES (?1, ?2, ?3, ?4)"
        );
        _indicator = new(_connection, "INSERT INTO indicator (token, version, state) VALUES (?1, ?2, ?3)");
    }

    /// <summary>Adds a record.</summary>
    public void Add(ArchiveRecord record)
    {
        switch (record)
        {
            case ArchivedState it:
                _state.Bind(1, it.Name).Bind(2, it.GrainId).Bind(3, it.ETag).Bind(4, it.Payload.Span).Run();
                break;
            case ArchivedLogRow it:
                Add(it);
                break;
            case ArchivedIndicator it:
                _indicator.Bind(1, it.Token.ToArray()).Bind(2, it.Version).Bind(3, it.State.Span).Run();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(record), record.Kind, "A kind of another database.");
        }
    }

    /// <summary>Sets the heads, and brings everything to stable storage.</summary>
    public void Finish()
    {
        using (var head = new Statement(_connection, "UPDATE shard_head SET head = ?2 WHERE shard = ?1"))
        {
            for (var shard = 0; shard < _heads.Length; shard++)
            {
                head.Bind(1, shard).Bind(2, _heads[shard]).Run();
            }
        }

        Connections.Execute(_connection, "COMMIT");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _state.Dispose();
        _logRow.Dispose();
        _indicator.Dispose();
        _connection.Dispose();
    }

    private void Add(ArchivedLogRow row)
    {
        Span<byte> commit = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(commit, row.CommitId);
        _logRow
            .Bind(1, LogPosition.Of(row.Shard, row.LastSequence))
            .Bind(2, row.FirstSequence)
            .Bind(3, commit)
            .Bind(4, row.Changes.Span)
            .Run();
        _heads[row.Shard.Number] = row.LastSequence;
    }
}
