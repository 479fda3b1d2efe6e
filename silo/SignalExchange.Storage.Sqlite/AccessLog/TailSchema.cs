using SignalExchange.Storage.AccessLog;

namespace SignalExchange.Storage.Sqlite.AccessLog;

/// <summary>The tables of the tails' database. A change here is a new <see cref="Format"/>.</summary>
internal static class TailSchema
{
    /// <summary>"SIGL": what marks a database as ours.</summary>
    public const int ApplicationId = 0x5349_474C;

    /// <summary>The version of the tables.</summary>
    public const int Format = 1;

    /// <summary>Makes the tables of an empty database.</summary>
    /// <remarks>
    /// A row of a tail holds the records of one group that share a bundle, found by its <see cref="TailPosition"/>: the rows
    /// of a log lie side by side, and a row goes as a whole once its bundle is published.
    /// </remarks>
    public const string Tables = """
        CREATE TABLE log (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            epoch INTEGER NOT NULL,
            first INTEGER NOT NULL,
            size INTEGER NOT NULL,
            published INTEGER NOT NULL
        );
        CREATE TABLE tail (
            position INTEGER PRIMARY KEY,
            count INTEGER NOT NULL,
            digest BLOB NOT NULL,
            records BLOB NOT NULL
        );
        """;
}
