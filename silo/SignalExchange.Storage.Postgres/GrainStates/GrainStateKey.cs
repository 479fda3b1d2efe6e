using System.Text;

namespace SignalExchange.Storage.Postgres.GrainStates;

/// <summary>Which state of which grain.</summary>
/// <param name="Name">The state's name.</param>
/// <param name="GrainId">The grain.</param>
internal readonly record struct GrainStateKey(string Name, string GrainId)
{
    // Throws where a string is not one of Unicode: two such strings must not become one key.
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Returns the key, of texts that PostgreSQL can hold.</summary>
    /// <exception cref="ArgumentException">A text has half a surrogate pair, or a zero.</exception>
    public static GrainStateKey Of(string name, string grainId)
    {
        Check(name);
        Check(grainId);
        return new(name, grainId);
    }

    private static void Check(string text)
    {
        _ = Utf8.GetByteCount(text);
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("PostgreSQL's texts can't have a zero in them.", nameof(text));
        }
    }
}
