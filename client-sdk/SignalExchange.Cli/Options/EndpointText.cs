namespace SignalExchange.Cli.Options;

/// <summary>The exchange's addresses as they are typed: by commas, or the option repeated.</summary>
internal static class EndpointText
{
    /// <summary>Reads them.</summary>
    /// <returns>At least one.</returns>
    /// <exception cref="UsageException">There is none, or one is no address.</exception>
    public static Uri[] Parse(IEnumerable<string> typed)
    {
        var addresses = typed
            .SelectMany(it => it.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Select(Read)
            .ToArray();
        return addresses.Length > 0 ? addresses : throw Unreadable();
    }

    private static Uri Read(string typed) =>
        Uri.TryCreate(typed, UriKind.Absolute, out var address) ? address : throw Unreadable();

    private static UsageException Unreadable() =>
        new("--endpoint is an address, as http://127.0.0.1:7400, or several by commas.");
}
