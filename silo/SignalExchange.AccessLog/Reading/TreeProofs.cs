using System.Numerics;
using SignalExchange.AccessLog.Formats;
using SignalExchange.AccessLog.Publishing;

namespace SignalExchange.AccessLog.Reading;

/// <summary>The proofs of RFC 6962, from tiles that are the tree's.</summary>
internal sealed class TreeProofs(AuthenticTiles tiles, LogTree tree)
{
    private const int TileHeight = 8;

    /// <summary>PATH(m, D[n]) of RFC 6962 2.1.1.</summary>
    public async ValueTask<List<byte[]>> InclusionAsync(long index, long size, CancellationToken cancellationToken)
    {
        var path = new List<byte[]>();
        for (var (low, high) = (0L, size); high - low > 1; )
        {
            var middle = low + SplitOf(high - low);
            if (index < middle)
            {
                path.Add(await RootAsync(middle, high, cancellationToken));
                high = middle;
            }
            else
            {
                path.Add(await RootAsync(low, middle, cancellationToken));
                low = middle;
            }
        }

        path.Reverse();
        return path;
    }

    /// <summary>PROOF(m, D[n]) of RFC 6962 2.1.2.</summary>
    public async ValueTask<List<byte[]>> ConsistencyAsync(long from, long to, CancellationToken cancellationToken)
    {
        var proof = new List<byte[]>();
        if (from == 0 || from == to)
        {
            return proof;
        }

        var (low, high, isWhole) = (0L, to, true);
        while (from < high)
        {
            var middle = low + SplitOf(high - low);
            if (from <= middle)
            {
                proof.Add(await RootAsync(middle, high, cancellationToken));
                high = middle;
            }
            else
            {
                proof.Add(await RootAsync(low, middle, cancellationToken));
                (low, isWhole) = (middle, false);
            }
        }

        // The old tree's root is known to who asks, unless what is left is only a part of it.
        if (!isWhole)
        {
            proof.Add(await RootAsync(low, high, cancellationToken));
        }

        proof.Reverse();
        return proof;
    }

    /// <summary>MTH of RFC 6962 2.1 over a range that begins where a subtree of its size would.</summary>
    public async ValueTask<byte[]> RootAsync(long low, long high, CancellationToken cancellationToken)
    {
        var size = high - low;
        if (BitOperations.IsPow2(size))
        {
            return await SubtreeAsync(BitOperations.Log2((ulong)size), low / size, cancellationToken);
        }

        var middle = low + SplitOf(size);
        var left = await RootAsync(low, middle, cancellationToken);
        var right = await RootAsync(middle, high, cancellationToken);
        return MerkleHash.OfNode(left, right);
    }

    // RFC 6962 2.1.1: the largest power of two below n.
    private static long SplitOf(long size) => 1L << BitOperations.Log2((ulong)(size - 1));

    private async ValueTask<byte[]> SubtreeAsync(int height, long index, CancellationToken cancellationToken)
    {
        var (level, count) = (height / TileHeight, 1 << (height % TileHeight));
        var hashes = new List<byte>(count * LogPaths.HashSize);
        for (var i = index * count; i < (index + 1) * count; i++)
        {
            hashes.AddRange(tree.Find(level, i) ?? await ReadAsync(level, i, cancellationToken));
        }

        return MerkleHash.OfTile([.. hashes]);
    }

    private async ValueTask<byte[]> ReadAsync(int level, long index, CancellationToken cancellationToken)
    {
        var tile = await tiles.ReadAsync(level, index / LogPaths.TileWidth, cancellationToken);
        var place = (int)(index % LogPaths.TileWidth) * LogPaths.HashSize;
        return tile[place..(place + LogPaths.HashSize)];
    }
}
