using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using SignalExchange.Contracts;
using SignalExchange.Tokens.Voprf;

namespace SignalExchange.Tokens.Rotation;

/// <summary>A batch of a key rotation as it went to the key holder and came back: blinded elements, what became of them, and the proof.</summary>
/// <remarks>
/// <code>
/// byte 0        "SXRB"
///      4        format version, 1
///      5        u16be n, the rows: 1 to 256
///      7        n elements of 32 bytes: r * N, blinded with a random r for each row
///      7 + 32n  n elements of 32 bytes: the same under the new key
///      7 + 64n  proof, 64 bytes
/// </code>
/// It says nothing about any row: the blinds are forgotten when the batch is done. Whoever has the two public keys can verify that all
/// its rows got the same delta, none swapped. A change of this drawing is a new version; <c>ReKeyedBatchTests</c> holds a golden value. Immutable
/// as far as its buffers are; safe from any thread.
/// </remarks>
public sealed class ReKeyedBatch
{
    private const byte Version = 1;
    private const int HeaderSize = 7;

    private readonly ReadOnlyMemory<byte> _elements;
    private readonly Evaluation _answer;

    /// <summary>Creates the batch.</summary>
    /// <param name="elements">1 to <see cref="Limits.MaxEvaluateBatch"/> packed blinded elements.</param>
    /// <param name="answer">What the key holder made of them.</param>
    internal ReKeyedBatch(ReadOnlyMemory<byte> elements, Evaluation answer) =>
        (_elements, _answer) = (elements, answer);

    /// <summary>Gets how many rows it has.</summary>
    public int Rows => _elements.Length / Ristretto.ElementSize;

    private static ReadOnlySpan<byte> Magic => "SXRB"u8;

    /// <summary>Reads a batch.</summary>
    /// <returns>Whether the bytes have the form. Nothing is verified yet.</returns>
    public static bool TryParse(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out ReKeyedBatch? batch)
    {
        batch = null;
        if (bytes.Length < HeaderSize || !bytes.Span.StartsWith(Magic) || bytes.Span[Magic.Length] != Version)
        {
            return false;
        }

        var rows = BinaryPrimitives.ReadUInt16BigEndian(bytes.Span[(HeaderSize - sizeof(ushort))..]);
        var size = rows * Ristretto.ElementSize;
        if (rows is 0 or > Limits.MaxEvaluateBatch || bytes.Length != HeaderSize + (2 * size) + VoprfKey.ProofSize)
        {
            return false;
        }

        var answer = new Evaluation(bytes.Slice(HeaderSize + size, size), bytes[(HeaderSize + (2 * size))..]);
        batch = new ReKeyedBatch(bytes.Slice(HeaderSize, size), answer);
        return true;
    }

    /// <summary>Returns the bytes.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[HeaderSize + (2 * _elements.Length) + VoprfKey.ProofSize];
        Magic.CopyTo(bytes);
        bytes[Magic.Length] = Version;
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(HeaderSize - sizeof(ushort)), (ushort)Rows);
        _elements.Span.CopyTo(bytes.AsSpan(HeaderSize));
        _answer.EvaluatedElements.Span.CopyTo(bytes.AsSpan(HeaderSize + _elements.Length));
        _answer.Proof.Span.CopyTo(bytes.AsSpan(HeaderSize + (2 * _elements.Length)));
        return bytes;
    }

    /// <summary>Verifies that every row went from one key to the other by the same delta.</summary>
    /// <remarks>About 200 microseconds a row.</remarks>
    public bool Verify(KeyCommitment from, KeyCommitment to) =>
        DleqProof.Verify(
            ReKeyStatement.Of(from.PublicKey.Span, to.PublicKey.Span, _elements.Span, _answer.EvaluatedElements.Span),
            _answer.Proof.Span
        );
}
