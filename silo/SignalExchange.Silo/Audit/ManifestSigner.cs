using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using SignalExchange.AccessLog;
using SignalExchange.Audit.Export;
using SignalExchange.KeyService;
using SignalExchange.TransparencyLog.Notes;

namespace SignalExchange.Silo.Audit;

/// <summary>Signs the manifests of exports, with a key of its own made from the exchange's master key.</summary>
/// <remarks>Another key than the log's: an export is a file that an auditor asked for, and must never pass for a checkpoint.</remarks>
internal sealed class ManifestSigner : IExportSigner, IDisposable
{
    private readonly NoteSigner _signer;

    public ManifestSigner(IExchangeSecrets secrets, IOptions<AccessLogOptions> log)
    {
        var seed = secrets.Derive("export-manifest/1"u8);
        _signer = NoteSigner.FromSeed($"{log.Value.Exchange}/export", SignatureKind.Ed25519, seed);
        CryptographicOperations.ZeroMemory(seed);
    }

    /// <summary>Gets what others verify manifests with, as <c>name+id+key</c>.</summary>
    public string VerifierKey => _signer.VerifierKey.ToString();

    /// <inheritdoc/>
    public string KeyId => _signer.VerifierKey.Name;

    /// <inheritdoc/>
    public ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_signer.Sign(message.Span).Bytes.ToArray());

    /// <inheritdoc/>
    public void Dispose() => _signer.Dispose();
}
