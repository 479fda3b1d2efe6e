using System.Text.Json.Serialization;

namespace SignalExchange.Contracts.Audit;

/// <summary>A signature of a <see cref="DsseEnvelope"/>.</summary>
/// <param name="KeyId">Whose; a hint, which proves nothing.</param>
/// <param name="Sig">The signature.</param>
public sealed record DsseSignature([property: JsonPropertyName("keyid")] string KeyId, byte[] Sig);
