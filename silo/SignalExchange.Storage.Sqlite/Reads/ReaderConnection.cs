using System.Buffers.Binary;
using Microsoft.Data.Sqlite;
using SignalExchange.Contracts;

namespace SignalExchange.Storage.Sqlite.Reads;

/// <summary>A connection that only reads, with its statements prepared. Not safe from two threads at a time.</summary>
internal sealed class ReaderConnection : IDisposable
{
    private const int MaxPageRows = 256;
    private const int MaxPageBytes = 1024 * 1024;

    private readonly SqliteConnection _connection;
    private readonly Statement _head;
    private readonly Statement _heads;
    private readonly Statement _indicator;
    private readonly Statement _log;
    private readonly Statement _grainState;

    /// <summary>Opens the connection.</summary>
    /// <exception cref="SqliteException">It can't be opened.</exception>
    public ReaderConnection(string file)
    {
        _connection = Connections.Open(file, SqliteOpenMode.ReadOnly);
        _head = new(_connection, "SELECT head FROM shard_head WHERE shard = ?1");
        _heads = new(_connection, "SELECT shard, head FROM shard_head ORDER BY shard");
        _indicator = new(_connection, "SELECT version, state FROM indicator WHERE token = ?1");
        _log = new(
            _connection,
            """
            SELECT position, first_sequence, commit_id, changes FROM shard_log
            WHERE position > ?1 AND position <= ?2 ORDER BY position
            """
        );
        _grainState = new(_connection, "SELECT etag, payload FROM grain_state WHERE name = ?1 AND grain_id = ?2");
    }

    public long Head(Shard shard)
    {
        try
        {
            return _head.Bind(1, shard.Number).Step() ? _head.Int64(0) : throw Damaged("a head", shard);
        }
        finally
        {
            _head.Reset();
        }
    }

    /// <summary>Reads the heads of all shards, in order.</summary>
    public long[] Heads(ShardMap shards)
    {
        var heads = new long[shards.Count];
        try
        {
            foreach (var shard in shards.All)
            {
                heads[shard.Number] =
                    _heads.Step() && _heads.Int64(0) == shard.Number ? _heads.Int64(1) : throw Damaged("a head", shard);
            }
        }
        finally
        {
            _heads.Reset();
        }

        return heads;
    }

    public IndicatorRow? Indicator(Token token)
    {
        Span<byte> key = stackalloc byte[Token.Size];
        token.CopyTo(key);
        try
        {
            return _indicator.Bind(1, key).Step()
                ? new(token, _indicator.Int64(0), _indicator.Blob(1).ToArray())
                : null;
        }
        finally
        {
            _indicator.Reset();
        }
    }

    public GrainStateRow? GrainState(string name, string grainId)
    {
        try
        {
            return _grainState.Bind(1, name).Bind(2, grainId).Step()
                ? new(_grainState.Text(0), _grainState.Blob(1).ToArray())
                : null;
        }
        finally
        {
            _grainState.Reset();
        }
    }

    /// <summary>Reads rows of a shard's log, about a megabyte at most; none at its end.</summary>
    public List<LogRow> LogPage(Shard shard, long afterSequence)
    {
        var rows = new List<LogRow>();
        try
        {
            _log.Bind(1, LogPosition.Of(shard, afterSequence)).Bind(2, LogPosition.Of(shard, LogPosition.MaxSequence));
            for (var bytes = 0; bytes < MaxPageBytes && rows.Count < MaxPageRows && _log.Step(); )
            {
                bytes += _log.Blob(3).Length;
                rows.Add(CurrentLogRow(shard));
            }
        }
        finally
        {
            _log.Reset();
        }

        return rows;
    }

    public void Dispose()
    {
        _head.Dispose();
        _heads.Dispose();
        _indicator.Dispose();
        _log.Dispose();
        _grainState.Dispose();
        _connection.Dispose();
    }

    private LogRow CurrentLogRow(Shard shard)
    {
        var row = new LogRow(
            shard,
            _log.Int64(1),
            BinaryPrimitives.ReadUInt128BigEndian(_log.Blob(2)),
            LogRowCodec.Decode(_log.Blob(3).ToArray())
        );
        return row.LastSequence == LogPosition.SequenceOf(_log.Int64(0)) ? row : throw Damaged("a log row", shard);
    }

    private static StorageFormatException Damaged(string what, Shard shard) =>
        new($"The database is damaged: {what} of shard {shard} is not whole. Restore it from a backup.");
}
