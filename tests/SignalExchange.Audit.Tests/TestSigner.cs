using NSec.Cryptography;
using SignalExchange.Audit.Export;
using SignalExchange.Contracts.Audit;

namespace SignalExchange.Audit.Tests;

internal sealed class TestSigner : IExportSigner, IManifestKey
{
    private readonly Key _key = Key.Create(SignatureAlgorithm.Ed25519);

    public string KeyId => "exchange.example/export";

    public ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        new(SignatureAlgorithm.Ed25519.Sign(_key, message.Span));

    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        SignatureAlgorithm.Ed25519.Verify(_key.PublicKey, message, signature);
}
