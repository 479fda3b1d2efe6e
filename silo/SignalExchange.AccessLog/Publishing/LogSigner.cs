using SignalExchange.TransparencyLog.Merkle;
using SignalExchange.TransparencyLog.Notes;

namespace SignalExchange.AccessLog.Publishing;

/// <summary>Signs the log's checkpoints, and knows them again.</summary>
/// <remarks>The key's name is the log's origin. Safe from any thread; the key is wiped on disposal.</remarks>
internal sealed class LogSigner : IDisposable
{
    /// <summary>The size of the seed that the key comes from, in bytes (RFC 8032).</summary>
    public const int SeedSize = 32;

    private readonly NoteSigner _signer;
    private readonly CheckpointPolicy _policy;

    /// <summary>Makes the signer of a log.</summary>
    /// <param name="origin">The log's origin.</param>
    /// <param name="seed">The key's 32 random bytes.</param>
    public LogSigner(string origin, ReadOnlySpan<byte> seed)
    {
        _signer = NoteSigner.FromSeed(origin, SignatureKind.Ed25519, seed);
        _policy = new([_signer.VerifierKey], [], 0);
    }

    /// <summary>Gets what others verify with.</summary>
    public VerifierKey VerifierKey => _signer.VerifierKey;

    /// <summary>Returns the signed checkpoint of a tree.</summary>
    public async Task<SignedNote> SignAsync(long size, MerkleHash root, CancellationToken cancellationToken) =>
        await new Checkpoint(VerifierKey.Name, size, root).SignAsync(_signer, cancellationToken);

    /// <summary>Reads a checkpoint of this log that this key signed.</summary>
    /// <returns>The checkpoint with all its signatures; null when it is anything else.</returns>
    public SignedNote? Open(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var note = SignedNote.Parse(bytes);
            return _policy.Judge(note).IsTrusted ? note : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _signer.Dispose();
}
