using System.Security.Cryptography;

namespace SignalExchange.Contracts.Audit;

/// <summary>Checks an export with its file, its manifest and a public key: no exchange is asked.</summary>
/// <param name="Verdict">What was found.</param>
/// <param name="Manifest">The manifest; null unless its signature is right.</param>
public sealed record ManifestCheck(ManifestVerdict Verdict, ExportManifest? Manifest)
{
    /// <summary>Checks an export.</summary>
    /// <param name="envelope">The manifest's file.</param>
    /// <param name="key">The key that is trusted.</param>
    /// <param name="file">The export; read to its end.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<ManifestCheck> VerifyAsync(
        ReadOnlyMemory<byte> envelope,
        IManifestKey key,
        Stream file,
        CancellationToken cancellationToken
    )
    {
        if (DsseEnvelope.TryParse(envelope.Span) is not { PayloadType: ExportManifest.PayloadType } read)
        {
            return new(ManifestVerdict.Unreadable, null);
        }

        var signed = DsseEnvelope.SignedBytes(read.PayloadType, read.Payload);
        if (!read.Signatures.Any(it => key.Verify(signed, it.Sig)))
        {
            return new(ManifestVerdict.SignatureWrong, null);
        }

        // Only now is the payload looked into: before, anybody may have written it.
        if (ExportManifest.TryParse(read.Payload) is not { } manifest)
        {
            return new(ManifestVerdict.Unreadable, null);
        }

        return manifest.IsCovered
            ? new(await CompareAsync(manifest, file, cancellationToken).ConfigureAwait(false), manifest)
            : new(ManifestVerdict.NotCovered, manifest);
    }

    private static async Task<ManifestVerdict> CompareAsync(
        ExportManifest manifest,
        Stream file,
        CancellationToken cancellationToken
    )
    {
        var counted = 0L;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[Limits.MaxExportChunkBytes];
        for (int read; (read = await file.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0; )
        {
            hash.AppendData(buffer, 0, read);
            counted += read;
        }

        return counted == manifest.FileBytes && Convert.ToHexStringLower(hash.GetHashAndReset()) == manifest.FileSha256
            ? ManifestVerdict.Valid
            : ManifestVerdict.FileDiffers;
    }
}
