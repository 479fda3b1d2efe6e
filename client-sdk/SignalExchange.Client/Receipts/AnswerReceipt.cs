using System.Text.Json;

namespace SignalExchange.Client.Receipts;

/// <summary>Where the exchange recorded a call, and digests of what was asked and answered. Holds no token and no identifier.</summary>
/// <remarks>
/// Digests are SHA-256 over the salt, which only the caller and the sealed entry know, and the content. Origin and index name a receipt: two
/// that were read from the same text are not equal as records, since their memory differs.
/// </remarks>
public sealed record AnswerReceipt
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    /// <summary>Gets the log's origin: name of the exchange, "/log/", name of the log.</summary>
    public required string Origin { get; init; }

    /// <summary>Gets the entry's place in that log, from 0.</summary>
    public required long Index { get; init; }

    /// <summary>Gets what was called, for example <c>/signalexchange.v1.SignalService/Check</c>.</summary>
    public required string Method { get; init; }

    /// <summary>Gets when the answer came, by this machine's clock.</summary>
    public required DateTimeOffset AnsweredAt { get; init; }

    /// <summary>Gets the entry's salt, 16 bytes.</summary>
    public required ReadOnlyMemory<byte> Salt { get; init; }

    /// <summary>Gets the digest of the tokens that were asked about, sorted; empty for calls that ask about none.</summary>
    public ReadOnlyMemory<byte> AskedDigest { get; init; }

    /// <summary>Gets the digest of the answer, 32 bytes.</summary>
    public required ReadOnlyMemory<byte> AnswerDigest { get; init; }

    /// <summary>Reads a receipt.</summary>
    /// <param name="json">What <see cref="ToJson"/> returned.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static AnswerReceipt Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<AnswerReceipt>(json, Json)
                ?? throw new FormatException("A receipt is an object.");
        }
        catch (JsonException exception)
        {
            throw new FormatException("This is no receipt in JSON.", exception);
        }
    }

    /// <summary>Returns the receipt as one line of JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);
}
