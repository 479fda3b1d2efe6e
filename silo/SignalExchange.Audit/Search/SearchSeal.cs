using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace SignalExchange.Audit.Search;

/// <summary>What shows that the index's file is as it was written: the sum of all its rows, kept up to date by whoever writes one.</summary>
/// <remarks>
/// Triggers of the writer's own connection see each row that comes or goes, so nothing that is written can be forgotten, and the sum is stored in the
/// transaction that changed it. Looking reads all of the file: about a second for each half a million entries.
/// </remarks>
internal static class SearchSeal
{
    private const int SumBytes = 16;
    private const string Whole = "ok";

    // Tables with an index of SQLite's own beside them, which looking at their rows does not see.
    private static readonly string[] Indexed = ["name", "alarm"];

    // Rows are the same under a column of another name, which statements do not find.
    private static readonly Lazy<string> Schema = new(static () =>
    {
        using var made = new SearchConnection(":memory:", SqliteOpenMode.ReadWriteCreate, 1, new byte[SumBytes]);
        made.Execute(SearchSchema.Tables);
        return SchemaOf(made);
    });

    /// <summary>Begins to keep the sum, from what is stored.</summary>
    /// <param name="writer">The writer's connection.</param>
    public static void Follow(SearchConnection writer)
    {
        // REPLACE takes a row away as well: only so do triggers see it.
        writer.Execute("PRAGMA recursive_triggers = ON");
        foreach (var (table, columns) in Tables(writer))
        {
            var (old, now) = (Call(-1, table, columns, "OLD."), Call(1, table, columns, "NEW."));
            writer.Execute(
                $"""
                CREATE TEMP TRIGGER seal_{table}_insert AFTER INSERT ON main.{table} BEGIN SELECT {now}; END;
                CREATE TEMP TRIGGER seal_{table}_delete AFTER DELETE ON main.{table} BEGIN SELECT {old}; END;
                CREATE TEMP TRIGGER seal_{table}_update AFTER UPDATE ON main.{table} BEGIN SELECT {old}, {now}; END;
                """
            );
        }

        Reread(writer);
    }

    /// <summary>Goes back to what is stored: a transaction was taken back.</summary>
    public static void Reread(SearchConnection writer) => writer.Sums.Sum = Stored(writer)?.Sum ?? 0;

    /// <summary>Stores the sum, before the transaction that changed it ends.</summary>
    public static void Store(SearchConnection writer)
    {
        Span<byte> sum = stackalloc byte[SumBytes];
        BinaryPrimitives.WriteUInt128BigEndian(sum, writer.Sums.Sum);
        writer["UPDATE progress SET sum = ?1"].Bind(1, sum).Run();
        writer["UPDATE progress SET seal = ?1"].Bind(1, Seal(writer)).Run();
    }

    /// <summary>Reads all of the file.</summary>
    /// <param name="reader">A reader, in a transaction.</param>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    public static string? FindDamage(SearchConnection reader)
    {
        if (
            Check(reader, "PRAGMA quick_check(1)") != Whole
            || Indexed.Any(table => Check(reader, $"PRAGMA integrity_check({table})") != Whole)
        )
        {
            return "its structure was damaged";
        }

        if (SchemaOf(reader) != Schema.Value)
        {
            return "its tables are not those that were made";
        }

        if (Stored(reader) is not { } stored || !CryptographicOperations.FixedTimeEquals(stored.Seal, Seal(reader)))
        {
            return "what it says of itself is not what was written";
        }

        reader.Sums.Sum = 0;
        foreach (var (table, columns) in Tables(reader))
        {
            reader[$"SELECT count({Call(1, table, columns, "")}) FROM {table}"].Value();
        }

        return reader.Sums.Sum == stored.Sum ? null : "a row was altered, added or taken away";
    }

    private static string Call(int sign, string table, IEnumerable<string> columns, string row) =>
        $"{RowSums.Function}({sign}, '{table}', {string.Join(", ", columns.Select(column => row + column))})";

    private static string SchemaOf(SearchConnection connection) =>
        string.Join(
            '\n',
            connection["SELECT coalesce(sql, '') FROM main.sqlite_schema ORDER BY type, name"].All(row => row.Text(0))
        );

    private static string Check(SearchConnection connection, string pragma) =>
        connection[pragma].All(row => row.Text(0)).FirstOrDefault() ?? "";

    private static List<(string Table, List<string> Columns)> Tables(SearchConnection connection) =>
        [
            .. connection[
                "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name <> 'progress' ORDER BY name"
            ]
                .All(row => row.Text(0))
                .Select(table =>
                    (table, connection[$"SELECT name FROM pragma_table_info('{table}')"].All(row => row.Text(0)))
                ),
        ];

    private static (UInt128 Sum, byte[] Seal)? Stored(SearchConnection connection) =>
        connection["SELECT sum, seal FROM progress"]
            .All(row => (Sum: row.Blob(0).ToArray(), Seal: row.Blob(1).ToArray()))
            is [{ Sum.Length: SumBytes } stored]
            ? (BinaryPrimitives.ReadUInt128BigEndian(stored.Sum), stored.Seal)
            : null;

    private static byte[] Seal(SearchConnection connection)
    {
        var stated = connection["SELECT origin || ' ' || size || ' ' || hex(sum) FROM progress"]
            .All(row => row.Text(0));
        return connection.Sums.Authenticate(Encoding.UTF8.GetBytes(string.Join('\n', stated)));
    }
}
