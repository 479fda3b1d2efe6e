using System.Globalization;
using System.Text;
using System.Text.Json;

namespace SignalExchange.Contracts.Audit;

/// <summary>A signed payload: DSSE, https://github.com/secure-systems-lab/dsse, version 1, in JSON.</summary>
/// <param name="PayloadType">What the payload is.</param>
/// <param name="Payload">The payload.</param>
/// <param name="Signatures">The signatures over <see cref="SignedBytes"/>.</param>
public sealed record DsseEnvelope(string PayloadType, byte[] Payload, IReadOnlyList<DsseSignature> Signatures)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Returns what is signed: DSSE's "pre-authentication encoding" of type and payload.</summary>
    public static byte[] SignedBytes(string payloadType, ReadOnlySpan<byte> payload)
    {
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"DSSEv1 {Encoding.UTF8.GetByteCount(payloadType)} {payloadType} {payload.Length} "
        );
        return [.. Encoding.UTF8.GetBytes(head), .. payload];
    }

    /// <summary>Returns the envelope's bytes.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <summary>Reads an envelope; null when it is none.</summary>
    public static DsseEnvelope? TryParse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<DsseEnvelope>(json, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
