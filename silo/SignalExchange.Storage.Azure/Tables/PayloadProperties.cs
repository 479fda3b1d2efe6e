using System.Globalization;
using Azure.Data.Tables;

namespace SignalExchange.Storage.Azure.Tables;

/// <summary>Bytes as properties of an entity: <c>Data</c>, <c>Data1</c> to <c>Data14</c>, 64 KiB each.</summary>
/// <remarks>
/// The layout of Microsoft.Orleans.Persistence.AzureStorage. A property holds 64 KiB and an entity 1 MiB
/// (https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model), so 15 full ones
/// leave room for the rest. No bytes are no property.
/// </remarks>
internal static class PayloadProperties
{
    /// <summary>The most bytes that an entity takes.</summary>
    public const int MaxBytes = MaxProperties * PropertyBytes;

    private const int MaxProperties = 15;
    private const int PropertyBytes = 64 * 1024;

    private static readonly string[] Names =
    [
        "Data",
        .. Enumerable.Range(1, MaxProperties - 1).Select(i => string.Create(CultureInfo.InvariantCulture, $"Data{i}")),
    ];

    /// <summary>Adds the bytes to an entity that has none.</summary>
    /// <exception cref="ArgumentException">They are more than <see cref="MaxBytes"/>.</exception>
    public static void Add(TableEntity entity, ReadOnlyMemory<byte> payload)
    {
        if (payload.Length > MaxBytes)
        {
            throw new ArgumentException($"A row takes {MaxBytes} bytes, got {payload.Length}.", nameof(payload));
        }

        for (var i = 0; !payload.IsEmpty; i++)
        {
            var length = Math.Min(PropertyBytes, payload.Length);
            entity[Names[i]] = payload[..length].ToArray();
            payload = payload[length..];
        }
    }

    /// <summary>Whether an entity has bytes.</summary>
    public static bool IsIn(TableEntity entity) => entity.ContainsKey(Names[0]);

    /// <summary>Reads the bytes of an entity; none when it has none.</summary>
    public static ReadOnlyMemory<byte> Read(TableEntity entity)
    {
        byte[][] parts = [.. Names.TakeWhile(entity.ContainsKey).Select(name => entity.GetBinary(name))];
        return parts.Length == 1 ? parts[0] : parts.SelectMany(part => part).ToArray();
    }
}
