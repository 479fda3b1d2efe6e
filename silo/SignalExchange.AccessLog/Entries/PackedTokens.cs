using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SignalExchange.Contracts;

namespace SignalExchange.AccessLog.Entries;

/// <summary>Tokens end to end, put in order.</summary>
/// <remarks>Allocates nothing. Pure; safe from any thread.</remarks>
internal static class PackedTokens
{
    private const int BucketBits = 10;
    private const int Buckets = 1 << BucketBits;
    private const int FewTokens = 32;

    private static readonly Comparison<Vector256<byte>> ByBytes = Compare;

    /// <summary>Writes tokens in the order of their bytes.</summary>
    /// <param name="packed">The tokens.</param>
    /// <param name="sorted">As many bytes, not overlapping.</param>
    /// <remarks>
    /// Tokens are random, so each nearly has its place by its first ten bits; what shares a bucket is sorted there. Tokens that
    /// somebody chose to share one cost what an ordinary sort costs.
    /// </remarks>
    public static void CopySorted(ReadOnlySpan<byte> packed, Span<byte> sorted)
    {
        var source = MemoryMarshal.Cast<byte, Vector256<byte>>(packed);
        var target = MemoryMarshal.Cast<byte, Vector256<byte>>(sorted);
        if (source.Length <= FewTokens)
        {
            source.CopyTo(target);
            target.Sort(ByBytes);
            return;
        }

        Span<int> ends = stackalloc int[Buckets];
        Distribute(source, target, ends);
        var start = 0;
        foreach (var end in ends)
        {
            if (end - start > 1)
            {
                target[start..end].Sort(ByBytes);
            }

            start = end;
        }
    }

    private static void Distribute(ReadOnlySpan<Vector256<byte>> source, Span<Vector256<byte>> target, Span<int> ends)
    {
        foreach (ref readonly var token in source)
        {
            ends[BucketOf(token)]++;
        }

        var before = 0;
        foreach (ref var end in ends)
        {
            (end, before) = (before, before + end);
        }

        // Where a bucket begins moves on with each token to where it ends.
        foreach (ref readonly var token in source)
        {
            target[ends[BucketOf(token)]++] = token;
        }
    }

    private static int BucketOf(in Vector256<byte> token) =>
        (token[0] << (BucketBits - 8)) | (token[1] >> (16 - BucketBits));

    private static int Compare(Vector256<byte> left, Vector256<byte> right) =>
        MemoryMarshal
            .AsBytes(new Span<Vector256<byte>>(ref left))[..Token.Size]
            .SequenceCompareTo(MemoryMarshal.AsBytes(new Span<Vector256<byte>>(ref right)));
}
