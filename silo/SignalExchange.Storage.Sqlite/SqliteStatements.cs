using System.Buffers.Binary;
using Microsoft.Data.Sqlite;
using SignalExchange.Contracts;

namespace SignalExchange.Storage.Sqlite;

/// <summary>The writer's statements, prepared once.</summary>
internal sealed class SqliteStatements : IDisposable
{
    private readonly List<SqliteCommand> _all = [];
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _commit;
    private readonly SqliteCommand _rollback;
    private readonly SqliteCommand _mark;
    private readonly SqliteCommand _release;
    private readonly SqliteCommand _undo;
    private readonly SqliteCommand _insertHead;
    private readonly SqliteCommand _moveHead;
    private readonly SqliteCommand _appendLog;
    private readonly SqliteCommand _insertIndicator;
    private readonly SqliteCommand _updateIndicator;
    private readonly SqliteCommand _insertState;
    private readonly SqliteCommand _updateState;
    private readonly SqliteCommand _deleteState;
    private readonly SqliteCommand _hasState;
    private readonly byte[] _token = new byte[Token.Size];

    public SqliteStatements(SqliteConnection connection)
    {
        SqliteCommand Prepare(string sql, params string[] parameters)
        {
            var command = connection.CreateCommand();
            command.CommandText = sql;
            foreach (var name in parameters)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = name });
            }

            _all.Add(command);
            return command;
        }

        _begin = Prepare("BEGIN IMMEDIATE");
        _commit = Prepare("COMMIT");
        _rollback = Prepare("ROLLBACK");
        _mark = Prepare("SAVEPOINT one");
        _release = Prepare("RELEASE one");
        _undo = Prepare("ROLLBACK TO one; RELEASE one");
        _insertHead = Prepare("INSERT OR IGNORE INTO shard_head VALUES ($0, $1)", "$0", "$1");
        _moveHead = Prepare("UPDATE shard_head SET head = $1 WHERE shard = $0 AND head = $2", "$0", "$1", "$2");
        _appendLog = Prepare("INSERT INTO shard_log VALUES ($0, $1, $2, $3, $4)", "$0", "$1", "$2", "$3", "$4");
        _insertIndicator = Prepare("INSERT OR IGNORE INTO indicator VALUES ($0, $1, $2)", "$0", "$1", "$2");
        _updateIndicator = Prepare(
            "UPDATE indicator SET version = $1, state = $2 WHERE token = $0 AND version = $3",
            "$0",
            "$1",
            "$2",
            "$3"
        );
        _insertState = Prepare("INSERT OR IGNORE INTO grain_state VALUES ($0, $1, $2, $3)", "$0", "$1", "$2", "$3");
        _updateState = Prepare(
            "UPDATE grain_state SET etag = $2, payload = $3 WHERE name = $0 AND grain_id = $1 AND etag = $4",
            "$0",
            "$1",
            "$2",
            "$3",
            "$4"
        );
        _deleteState = Prepare(
            "DELETE FROM grain_state WHERE name = $0 AND grain_id = $1 AND etag = $2",
            "$0",
            "$1",
            "$2"
        );
        _hasState = Prepare("SELECT count(*) FROM grain_state WHERE name = $0 AND grain_id = $1", "$0", "$1");
    }

    public void Begin() => Run(_begin);

    public void Commit() => Run(_commit);

    public void Rollback() => Run(_rollback);

    public void Mark() => Run(_mark);

    public void Keep() => Run(_release);

    public void Undo() => Run(_undo);

    /// <summary>Moves a shard's head, if it stands where it should.</summary>
    public bool MoveHead(Shard shard, long from, long to) =>
        from == 0 ? Run(_insertHead, shard.Number, to) == 1 : Run(_moveHead, shard.Number, to, from) == 1;

    public void AppendLog(LogRow row)
    {
        var commitId = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(commitId, row.CommitId);
        Run(
            _appendLog,
            row.Shard.Number,
            row.LastSequence,
            row.FirstSequence,
            commitId,
            LogRowCodec.Encode(row.Changes)
        );
    }

    /// <summary>Writes an indicator's state, if its row is at the expected version.</summary>
    public bool WriteIndicator(IndicatorWrite write)
    {
        write.Token.CopyTo(_token);
        var state = write.State.ToArray();
        return write.ExpectedVersion == 0
            ? Run(_insertIndicator, _token, write.NewVersion, state) == 1
            : Run(_updateIndicator, _token, write.NewVersion, state, write.ExpectedVersion) == 1;
    }

    public bool InsertState(string name, string grainId, long etag, byte[] payload) =>
        Run(_insertState, name, grainId, etag, payload) == 1;

    public bool UpdateState(string name, string grainId, long etag, byte[] payload, long expected) =>
        Run(_updateState, name, grainId, etag, payload, expected) == 1;

    public bool DeleteState(string name, string grainId, long expected) =>
        Run(_deleteState, name, grainId, expected) == 1;

    public bool HasState(string name, string grainId)
    {
        Bind(_hasState, name, grainId);
        return (long)_hasState.ExecuteScalar()! > 0;
    }

    public void Dispose() => _all.ForEach(command => command.Dispose());

    private static int Run(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        Bind(command, values);
        return command.ExecuteNonQuery();
    }

    private static void Bind(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var place = 0; place < values.Length; place++)
        {
            command.Parameters[place].Value = values[place];
        }
    }
}
