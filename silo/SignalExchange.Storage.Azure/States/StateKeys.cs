using System.Text;

namespace SignalExchange.Storage.Azure.States;

/// <summary>Where a grain's state lies, by the rules of Microsoft.Orleans.Persistence.AzureStorage.</summary>
/// <remarks>
/// Partition <c>{ServiceId}_{GrainId}</c>, row the state's name; in both, <c>/ \ # ?</c>, which the service forbids, become
/// <c>_</c>. Two grain ids can so become one key: <see cref="StateEntity"/> keeps the ids themselves beside the state.
/// </remarks>
internal static class StateKeys
{
    // 1 KiB a key, of UTF-16: https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model
    private const int MaxLength = 512;

    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Returns the partition of a grain's states.</summary>
    /// <exception cref="ArgumentException">The id can't be a key; the message does not repeat it.</exception>
    public static string Partition(string serviceId, string grainId) =>
        Sanitized($"{serviceId}_{grainId}", nameof(grainId));

    /// <summary>Returns the row of a state.</summary>
    /// <exception cref="ArgumentException">The name can't be a key; the message does not repeat it.</exception>
    public static string Row(string stateName) => Sanitized(stateName, nameof(stateName));

    private static string Sanitized(string key, string parameter)
    {
        if (key.Length > MaxLength)
        {
            throw new ArgumentException($"A key has at most {MaxLength} characters, got {key.Length}.", parameter);
        }

        if (key.Any(char.IsControl))
        {
            throw new ArgumentException("A key has no control characters.", parameter);
        }

        // Throws at half a surrogate pair: it is sent as another character, and two such keys would become one.
        _ = Utf8.GetByteCount(key);
        return key.Replace('/', '_').Replace('\\', '_').Replace('#', '_').Replace('?', '_');
    }
}
