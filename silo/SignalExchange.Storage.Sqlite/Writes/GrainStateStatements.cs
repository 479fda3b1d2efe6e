using Microsoft.Data.Sqlite;

namespace SignalExchange.Storage.Sqlite.Writes;

/// <summary>The statements that write ordinary grain states.</summary>
internal sealed class GrainStateStatements(SqliteConnection connection) : IDisposable
{
    private readonly Statement _insert = new(
        connection,
        """
        INSERT INTO grain_state (name, grain_id, etag, payload) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (grain_id, name) DO NOTHING
        """
    );

    private readonly Statement _update = new(
        connection,
        "UPDATE grain_state SET etag = ?3, payload = ?4 WHERE name = ?1 AND grain_id = ?2 AND etag = ?5"
    );

    private readonly Statement _delete = new(
        connection,
        "DELETE FROM grain_state WHERE name = ?1 AND grain_id = ?2 AND etag = ?3"
    );

    private readonly Statement _find = new(connection, "SELECT 1 FROM grain_state WHERE name = ?1 AND grain_id = ?2");

    /// <summary>Writes a state over the expected row.</summary>
    /// <returns>False when the row has another ETag, or is there, or is not; nothing is written then.</returns>
    public bool Write(string name, string grainId, ReadOnlySpan<byte> payload, string? expected, string next)
    {
        var statement = expected is null ? _insert : _update.Bind(5, expected);
        return statement.Bind(1, name).Bind(2, grainId).Bind(3, next).Bind(4, payload).Run() == 1;
    }

    /// <summary>Removes the expected row; nothing when none is expected and none is there.</summary>
    /// <returns>False when the row has another ETag, or is there, or is not; nothing is written then.</returns>
    public bool Clear(string name, string grainId, string? expected) =>
        expected is null ? !Exists(name, grainId) : _delete.Bind(1, name).Bind(2, grainId).Bind(3, expected).Run() == 1;

    public void Dispose()
    {
        _insert.Dispose();
        _update.Dispose();
        _delete.Dispose();
        _find.Dispose();
    }

    private bool Exists(string name, string grainId)
    {
        try
        {
            return _find.Bind(1, name).Bind(2, grainId).Step();
        }
        finally
        {
            _find.Reset();
        }
    }
}
