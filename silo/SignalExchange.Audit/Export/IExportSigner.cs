namespace SignalExchange.Audit.Export;

/// <summary>Signs manifests: Ed25519 (RFC 8032).</summary>
public interface IExportSigner
{
    /// <summary>Gets the key's name, as a hint for who checks.</summary>
    string KeyId { get; }

    /// <summary>Signs.</summary>
    /// <returns>64 bytes.</returns>
    ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken);
}
