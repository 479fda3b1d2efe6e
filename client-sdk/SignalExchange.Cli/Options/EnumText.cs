namespace SignalExchange.Cli.Options;

/// <summary>Values of the contract's enums as people type them: <c>CSE_GROOMING</c>, <c>cse-grooming</c> or <c>CseGrooming</c>.</summary>
internal static class EnumText
{
    /// <summary>Reads a value.</summary>
    /// <exception cref="UsageException">There is none of that name; the message lists them.</exception>
    public static T Parse<T>(string text)
        where T : struct, Enum
    {
        var wanted = Plain(text);
        foreach (var value in Enum.GetValues<T>().Where(value => Convert.ToInt32(value, null) != 0))
        {
            if (Plain(value.ToString()) == wanted)
            {
                return value;
            }
        }

        throw new UsageException(
            $"'{text}' is no {typeof(T).Name}. Values: {string.Join(", ", Enum.GetNames<T>().Skip(1))}."
        );
    }

    private static string Plain(string text) => string.Concat(text.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
}
