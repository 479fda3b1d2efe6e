using System.Text.Json;

namespace SignalExchange.Tokens.Tests.Voprf;

/// <summary>Reads the files of <c>contracts/vectors/tokens</c>.</summary>
internal static class VectorFile
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNameCaseInsensitive = true };

    internal static T Read<T>(string name)
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "vectors", "tokens", name));
        return JsonSerializer.Deserialize<T>(file, Options)!;
    }
}
