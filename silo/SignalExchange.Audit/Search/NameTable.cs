namespace SignalExchange.Audit.Search;

/// <summary>Numbers for the names of members, methods and keys. Belongs to one transaction at a time.</summary>
/// <param name="connection">The writer's connection.</param>
internal sealed class NameTable(SearchConnection connection)
{
    private readonly Dictionary<string, long> _numbers = [];

    /// <summary>Returns the number of a name, a new one for a new name; 0 for an empty one.</summary>
    public long NumberOf(string name)
    {
        if (name.Length == 0)
        {
            return 0;
        }

        if (!_numbers.TryGetValue(name, out var number))
        {
            number = Find(connection, name) ?? Add(name);
            _numbers.Add(name, number);
        }

        return number;
    }

    /// <summary>Returns the number of a name; null when it has none.</summary>
    public static long? Find(SearchConnection connection, string name) =>
        connection["SELECT id FROM name WHERE text = ?1"].Bind(1, name).Value();

    /// <summary>Forgets what it has read: names were taken out, or a transaction was taken back.</summary>
    public void Forget() => _numbers.Clear();

    private long Add(string name) =>
        connection["INSERT INTO name (text) VALUES (?1) RETURNING id"].Bind(1, name).Value()!.Value;
}
