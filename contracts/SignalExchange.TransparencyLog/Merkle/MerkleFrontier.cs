using System.Numerics;
using System.Runtime.CompilerServices;

namespace SignalExchange.TransparencyLog.Merkle;

/// <summary>The right edge of a growing tree: all that is needed to append to it and to tell its root.</summary>
/// <remarks>
/// Holds the roots of the full subtrees that the tree consists of, one for each bit that is set in its size, so at most 63
/// hashes whatever the size. Appending allocates nothing and hashes one node on average. Not safe from several threads.
/// </remarks>
public sealed class MerkleFrontier
{
    private const int MaxLevels = 63;

    // The root of the full subtree of 2^level leaves, where that bit of the size is set; what stands elsewhere is old.
    private Peaks _peaks;

    /// <summary>Makes the frontier of the empty tree.</summary>
    public MerkleFrontier() { }

    /// <summary>Makes the frontier of a tree that is known by its full subtrees.</summary>
    /// <param name="size">The number of leaves; from 0.</param>
    /// <param name="peaks">The roots of its full subtrees as <see cref="CopyPeaks"/> gives them, the largest first.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is negative.</exception>
    /// <exception cref="ArgumentException">There are not as many peaks as bits set in the size.</exception>
    public MerkleFrontier(long size, ReadOnlySpan<MerkleHash> peaks)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        if (peaks.Length != BitOperations.PopCount((ulong)size))
        {
            throw new ArgumentException($"A tree of {size} leaves has other peaks than {peaks.Length}.", nameof(peaks));
        }

        foreach (ref readonly var peak in peaks)
        {
            var level = BitOperations.Log2((ulong)(size - Size));
            _peaks[level] = peak;
            Size += 1L << level;
        }
    }

    /// <summary>Gets the number of leaves.</summary>
    public long Size { get; private set; }

    /// <summary>Gets the number of full subtrees: what <see cref="CopyPeaks"/> writes.</summary>
    public int PeakCount => BitOperations.PopCount((ulong)Size);

    /// <summary>Gets the root of the tree as it is now.</summary>
    /// <value><see cref="MerkleHashing.EmptyRoot"/> before the first leaf. Hashes one node less than there are peaks.</value>
    public MerkleHash Root
    {
        get
        {
            if (Size == 0)
            {
                return MerkleHashing.EmptyRoot;
            }

            var level = BitOperations.TrailingZeroCount(Size);
            var root = _peaks[level];
            while (++level < MaxLevels)
            {
                root = IsSet(level) ? MerkleHashing.HashNode(_peaks[level], root) : root;
            }

            return root;
        }
    }

    /// <summary>Appends a leaf.</summary>
    /// <param name="leaf">Its hash, as <see cref="MerkleHashing.HashLeaf"/> makes it.</param>
    public void Append(in MerkleHash leaf) => Append(leaf, 0);

    /// <summary>Appends a full subtree at once.</summary>
    /// <param name="root">The subtree's root.</param>
    /// <param name="level">Its height: it has 2^level leaves. From 0 to 62.</param>
    /// <exception cref="ArgumentException">The size is no multiple of the subtree's: it would not be one of the tree.</exception>
    public void Append(in MerkleHash root, int level)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(level);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(level, MaxLevels);
        var leaves = 1L << level;
        if ((Size & (leaves - 1)) != 0)
        {
            throw new ArgumentException($"No subtree of {leaves} leaves begins at {Size}.", nameof(level));
        }

        var hash = root;
        var at = level;
        for (; IsSet(at); at++)
        {
            hash = MerkleHashing.HashNode(_peaks[at], hash);
        }

        _peaks[at] = hash;
        Size = checked(Size + leaves);
    }

    /// <summary>Writes the roots of the full subtrees, the largest (the leftmost) first.</summary>
    /// <param name="destination">At least <see cref="PeakCount"/> long.</param>
    public void CopyPeaks(Span<MerkleHash> destination)
    {
        var written = 0;
        for (var level = MaxLevels - 1; level >= 0; level--)
        {
            if (IsSet(level))
            {
                destination[written++] = _peaks[level];
            }
        }
    }

    private bool IsSet(int level) => (Size >> level & 1) != 0;

    [InlineArray(MaxLevels)]
    private struct Peaks
    {
        private MerkleHash _first;
    }
}
