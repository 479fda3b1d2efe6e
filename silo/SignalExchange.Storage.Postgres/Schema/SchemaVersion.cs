using System.Globalization;
using System.Reflection;

namespace SignalExchange.Storage.Postgres.Schema;

/// <summary>A step of the tables' history: a file of Schema/Versions, named <c>NNNN-what</c>. A file that was released never changes.</summary>
/// <param name="Number">From 1, without gaps.</param>
/// <param name="Name">The file's name.</param>
internal sealed record SchemaVersion(int Number, string Name)
{
    private const int Digits = 4;

    /// <summary>Gets all versions that this program knows, in order.</summary>
    public static IReadOnlyList<SchemaVersion> All { get; } =
    [
        .. typeof(SchemaVersion)
            .Assembly.GetManifestResourceNames()
            .Where(name => name.Length > Digits && name[Digits] == '-')
            .Order(StringComparer.Ordinal)
            .Select(name => new SchemaVersion(int.Parse(name[..Digits], CultureInfo.InvariantCulture), name)),
    ];

    /// <summary>Gets the number of the last version.</summary>
    public static int Known => All[^1].Number;

    /// <summary>Returns the statements.</summary>
    public string ReadSql()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
