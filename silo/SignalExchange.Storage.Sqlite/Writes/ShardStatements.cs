using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using SignalExchange.Contracts;

namespace SignalExchange.Storage.Sqlite.Writes;

/// <summary>The statements of a shard's commit.</summary>
internal sealed class ShardStatements(SqliteConnection connection) : IDisposable
{
    private readonly Statement _moveHead = new(
        connection,
        "UPDATE shard_head SET head = ?3 WHERE shard = ?1 AND head = ?2"
    );

    private readonly Statement _appendLog = new(
        connection,
        "INSERT INTO shard_log (position, first_sequence, commit_id, changes) VALUES (?1, ?2, ?3, ?4)"
    );

    private readonly Statement _insertIndicator = new(
        connection,
        "INSERT INTO indicator (token, version, state) VALUES (?1, ?2, ?3) ON CONFLICT (token) DO NOTHING"
    );

    private readonly Statement _updateIndicator = new(
        connection,
        "UPDATE indicator SET version = ?2, state = ?3 WHERE token = ?1 AND version = ?4"
    );

    /// <summary>Moves a head that stands where it is expected.</summary>
    /// <returns>False when it stands elsewhere; nothing is written then.</returns>
    public bool MoveHead(Shard shard, long expected, long next) =>
        _moveHead.Bind(1, shard.Number).Bind(2, expected).Bind(3, next).Run() == 1;

    /// <summary>Adds a row to a shard's log.</summary>
    public void AppendLog(LogRow row, ReadOnlySpan<byte> changes)
    {
        Span<byte> commitId = stackalloc byte[Unsafe.SizeOf<UInt128>()];
        BinaryPrimitives.WriteUInt128BigEndian(commitId, row.CommitId);
        _appendLog
            .Bind(1, LogPosition.Of(row.Shard, row.LastSequence))
            .Bind(2, row.FirstSequence)
            .Bind(3, commitId)
            .Bind(4, changes)
            .Run();
    }

    /// <summary>Writes an indicator's state over the expected version.</summary>
    /// <returns>False when it has another version, or is there, or is not; nothing is written then.</returns>
    public bool WriteIndicator(IndicatorWrite write)
    {
        Span<byte> token = stackalloc byte[Token.Size];
        write.Token.CopyTo(token);
        var statement = write.ExpectedVersion == 0 ? _insertIndicator : _updateIndicator.Bind(4, write.ExpectedVersion);
        return statement.Bind(1, token).Bind(2, write.NewVersion).Bind(3, write.State.Span).Run() == 1;
    }

    public void Dispose()
    {
        _moveHead.Dispose();
        _appendLog.Dispose();
        _insertIndicator.Dispose();
        _updateIndicator.Dispose();
    }
}
