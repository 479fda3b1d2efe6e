using Google.Protobuf;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens;
using SignalExchange.Tokens.Rotation;
using SignalExchange.TransparencyLog.Merkle;

namespace SignalExchange.Client.Audit;

/// <summary>What was found in the file of a key rotation.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Header">What the exchange says of it; null when there is none in the file.</param>
/// <param name="Batches">How many batches were read.</param>
/// <param name="Rows">How many rows are in them.</param>
/// <param name="Root">Their root, 32 bytes: the one that stands in the access log, if nobody has changed anything since.</param>
/// <remarks>Needs neither the exchange nor a secret. Immutable; safe from any thread.</remarks>
public sealed record RotationCheck(
    RotationVerdict Verdict,
    RotationHeader? Header,
    long Batches,
    long Rows,
    ReadOnlyMemory<byte> Root
)
{
    /// <summary>Verifies a file that <see cref="Administration.KeyCustody.ExportRotationAsync"/> wrote.</summary>
    /// <param name="file">The file.</param>
    /// <param name="expectedRoot">The root that stands in the access log; empty to compare with the file's own only.</param>
    /// <param name="cancellationToken">Ends the verification.</param>
    /// <remarks>About 200 microseconds of one core a row, on the calling thread.</remarks>
    public static Task<RotationCheck> VerifyAsync(
        Stream file,
        ReadOnlyMemory<byte> expectedRoot = default,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(file);
        return Task.Run(() => Verify(file, expectedRoot.Span, cancellationToken), cancellationToken);
    }

    private static RotationCheck Verify(
        Stream file,
        ReadOnlySpan<byte> expectedRoot,
        CancellationToken cancellationToken
    )
    {
        if (Read(file)?.Header is not { From: not null, To: not null, Rotation: not null } header)
        {
            return new(RotationVerdict.Malformed, null, 0, 0, default);
        }

        if (Commitment(header.From) is not { } from || Commitment(header.To) is not { } to || !AreNeighbours(header))
        {
            return new(RotationVerdict.KeysUnfit, header, 0, 0, default);
        }

        var (frontier, rows) = (new MerkleFrontier(), 0L);
        while (file.Position < file.Length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Read(file) is not { Batch: var bytes } || !ReKeyedBatch.TryParse(bytes.Memory, out var batch))
            {
                return new(RotationVerdict.Malformed, header, frontier.Size, rows, default);
            }

            if (!batch.Verify(from, to))
            {
                return new(RotationVerdict.ProofInvalid, header, frontier.Size, rows, default);
            }

            rows += batch.Rows;
            frontier.Append(MerkleHashing.HashLeaf(bytes.Span));
        }

        var root = frontier.Root.ToArray();
        return new(Compare(header, frontier.Size, rows, root, expectedRoot), header, frontier.Size, rows, root);
    }

    private static RotationVerdict Compare(
        RotationHeader header,
        long batches,
        long rows,
        byte[] root,
        ReadOnlySpan<byte> expectedRoot
    )
    {
        if ((ulong)batches != header.Rotation.Batches || (ulong)rows != header.Rotation.Rows)
        {
            return RotationVerdict.CountDiffers;
        }

        var isSame =
            header.Rotation.Root.Span.SequenceEqual(root)
            && (header.To.RotationRoot.IsEmpty || header.To.RotationRoot.Span.SequenceEqual(root))
            && (expectedRoot.IsEmpty || expectedRoot.SequenceEqual(root));
        return isSame ? RotationVerdict.Valid : RotationVerdict.RootDiffers;
    }

    private static ExportRotationResponse? Read(Stream file)
    {
        try
        {
            return ExportRotationResponse.Parser.ParseDelimitedFrom(file);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private static KeyCommitment? Commitment(KeyManifest key)
    {
        try
        {
            return KeyId.TryParse(key.KeyId, out var keyId) ? new(keyId, key.PublicKey.Memory) : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool AreNeighbours(RotationHeader header) =>
        header.From.Type == header.To.Type
        && header.From.Epoch < header.To.Epoch
        && header.To.PrevKeyId == header.From.KeyId;
}
