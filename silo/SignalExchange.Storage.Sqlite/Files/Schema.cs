namespace SignalExchange.Storage.Sqlite.Files;

/// <summary>The tables. A change here is a new <see cref="Format"/>.</summary>
internal static class Schema
{
    /// <summary>"SIGX": what marks a database as ours.</summary>
    public const int ApplicationId = 0x5349_4758;

    /// <summary>The version of the tables.</summary>
    public const int Format = 1;

    /// <summary>Makes the tables of an empty database, and its shards with their heads at 0.</summary>
    /// <remarks>
    /// No table is WITHOUT ROWID. That is for rows below a twentieth of a page (https://www.sqlite.org/withoutrowid.html);
    /// an indicator's state of 600 bytes would also stand in the inner pages of the tree of tokens, which are random, and
    /// halve the commits a second. So tokens have a slim index and states are appended. A log's row is found by its
    /// <see cref="LogPosition"/>, an ordinary row id: each shard's rows lie side by side.
    /// </remarks>
    public const string Tables = """
        CREATE TABLE exchange (
            shard_count INTEGER NOT NULL
        );
        CREATE TABLE shard_head (
            shard INTEGER PRIMARY KEY,
            head INTEGER NOT NULL
        );
        CREATE TABLE shard_log (
            position INTEGER PRIMARY KEY,
            first_sequence INTEGER NOT NULL,
            commit_id BLOB NOT NULL,
            changes BLOB NOT NULL
        );
        CREATE TABLE indicator (
            id INTEGER PRIMARY KEY,
            token BLOB NOT NULL UNIQUE,
            version INTEGER NOT NULL,
            state BLOB NOT NULL
        );
        CREATE TABLE grain_state (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            grain_id TEXT NOT NULL,
            etag TEXT NOT NULL,
            payload BLOB NOT NULL,
            UNIQUE (grain_id, name)
        );
        """;
}
