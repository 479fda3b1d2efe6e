namespace SignalExchange.Contracts.Audit;

/// <summary>The public key that an auditor trusts manifests by.</summary>
public interface IManifestKey
{
    /// <summary>Whether the signature over the message is this key's. Ed25519 (RFC 8032).</summary>
    bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature);
}
