using System.Runtime.CompilerServices;
using SignalExchange.AccessLog.Entries;
using SignalExchange.AccessLog.Publishing;
using SignalExchange.AccessLog.Reading;
using SignalExchange.Contracts.V1;
using SignalExchange.Storage.AccessLog;
using SignalExchange.TransparencyLog.Merkle;
using SignalExchange.TransparencyLog.Tiles;

namespace SignalExchange.AccessLog.Recovery;

/// <summary>Finds out, before anything is written, that a log is as it was left.</summary>
/// <remarks>
/// <list type="number">
/// <item>The tree of the full bundles is built from their tiles: the right edge only, from below, at most 255 tiles a level.</item>
/// <item>The last full bundle is compared with its tile.</item>
/// <item>The tail's entries are added one by one; each detail is compared with its entry, each tile that is there with the tree.</item>
/// <item>Where a checkpoint was signed, the root must be the same, and its tiles must be there.</item>
/// </list>
/// <para>
/// What lies further to the left is not read here: that would take longer with each year. Whoever reads an entry compares it with
/// the tree, so damage shows when it is read.
/// </para>
/// </remarks>
internal sealed class LogRecovery(IAccessLogStore store, string log)
{
    private const int PageSize = 4096;

    private readonly TileReader _tiles = new(store, log);
    private readonly Queue<Resource> _full = new();
    private long _lastTime = long.MinValue;

    /// <summary>Recovers the log.</summary>
    /// <exception cref="AccessLogDamagedException">It is not as it was left; the message says what is not, and where.</exception>
    public async Task<RecoveredLog> RunAsync(
        AccessLogLease lease,
        AccessLogExtent extent,
        StoredCheckpoints checkpoints,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await RecoverAsync(lease, extent, checkpoints, cancellationToken);
        }
        catch (AccessLogStoredWrongException exception)
        {
            throw new AccessLogDamagedException(exception.Message, exception);
        }
    }

    private async Task<RecoveredLog> RecoverAsync(
        AccessLogLease lease,
        AccessLogExtent extent,
        StoredCheckpoints checkpoints,
        CancellationToken cancellationToken
    )
    {
        // An engine may cut a tail within a bundle, once that is written: a bundle that the tail has lost the beginning of is full.
        var bundles = (extent.First + TilePath.FullWidth - 1) / TilePath.FullWidth;
        var edges = await ReadEdgesAsync(bundles, cancellationToken); // 1.
        var tree = LogTree.Resume(bundles, edges);
        await CheckLastBundleAsync(bundles, cancellationToken); // 2.
        await CompareAsync(tree, checkpoints, cancellationToken);
        await foreach (var record in ReadTailAsync(extent, bundles, cancellationToken))
        {
            Check(record, tree.Size);
            tree.Append(record, _full); // 3.
            await CompareFullAsync(cancellationToken);
            await CompareAsync(tree, checkpoints, cancellationToken); // 4.
        }

        // The publisher goes on from the full bundles, and writes again what a crash may have kept it from writing.
        return new(lease, extent.Size, checkpoints.Published?.Size ?? 0, _lastTime, LogTree.Resume(bundles, edges));
    }

    // For each level above the leaves', the hashes of its tile that is not full: the roots of full tiles of the level below.
    private async Task<List<(long Number, IReadOnlyList<MerkleHash> Hashes)>> ReadEdgesAsync(
        long bundles,
        CancellationToken cancellationToken
    )
    {
        var edges = new List<(long, IReadOnlyList<MerkleHash>)>();
        for (var (level, below) = (1, bundles); below > 0; level++, below /= TilePath.FullWidth)
        {
            var number = below / TilePath.FullWidth;
            var hashes = new List<MerkleHash>();
            for (var tile = number * TilePath.FullWidth; tile < below; tile++)
            {
                hashes.Add(MerkleHashing.HashTree(await _tiles.ReadAsync(level - 1, tile, cancellationToken)));
            }

            edges.Add((number, hashes));
        }

        return edges;
    }

    private async Task CheckLastBundleAsync(long bundles, CancellationToken cancellationToken)
    {
        if (bundles > 0)
        {
            var entries = await _tiles.ReadEntriesAsync(bundles - 1, cancellationToken);
            Check(entries[^1], bundles * TilePath.FullWidth - 1);
        }
    }

    private async IAsyncEnumerable<AccessLogRecord> ReadTailAsync(
        AccessLogExtent extent,
        long bundles,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var next = bundles * TilePath.FullWidth;
        while (next < extent.Size)
        {
            foreach (var record in await store.ReadAsync(log, next, PageSize, cancellationToken))
            {
                next++;
                yield return record;
            }
        }
    }

    private void Check(AccessLogRecord record, long index)
    {
        var entry = Check(record.Entry, index);
        if (!DetailSealer.IsIntact(entry, record.SealedDetail.Span))
        {
            throw new AccessLogDamagedException(
                $"The detail of entry {index} of log '{log}' is not the one that the entry states."
            );
        }
    }

    private AccessLogEntry Check(ReadOnlyMemory<byte> bytes, long index)
    {
        var entry =
            EntryCodec.TryDecode(bytes.Span)
            ?? throw new AccessLogDamagedException(
                $"Entry {index} of log '{log}' is not one that this version writes ({bytes.Length} bytes)."
            );
        var time = EntryCodec.UnixMilliseconds(entry);
        if (time < _lastTime)
        {
            throw new AccessLogDamagedException(
                $"Entry {index} of log '{log}' is earlier than the one in front of it: they were swapped or altered."
            );
        }

        _lastTime = time;
        return entry;
    }

    private async ValueTask CompareFullAsync(CancellationToken cancellationToken)
    {
        while (_full.TryDequeue(out var resource))
        {
            await CompareAsync(resource, isNeeded: false, cancellationToken);
        }
    }

    private async ValueTask CompareAsync(
        LogTree tree,
        StoredCheckpoints checkpoints,
        CancellationToken cancellationToken
    )
    {
        foreach (var checkpoint in checkpoints.All)
        {
            if (checkpoint.Size != tree.Size)
            {
                continue;
            }

            foreach (var partial in tree.Partials())
            {
                await CompareAsync(partial, isNeeded: true, cancellationToken);
            }

            if (checkpoint.Root != tree.Root())
            {
                throw new AccessLogDamagedException(
                    $"The root of the first {tree.Size} entries of log '{log}' is not the one that was signed: entries between "
                        + $"{tree.Size / TilePath.FullWidth * TilePath.FullWidth} and {tree.Size - 1}, or tiles in front of them, were altered."
                );
            }
        }
    }

    private async ValueTask CompareAsync(Resource expected, bool isNeeded, CancellationToken cancellationToken)
    {
        if (await store.GetAsync(log, expected.Path.ToString(), cancellationToken) is { } stored)
        {
            CheckSame(expected, stored.Span);
        }
        else if (isNeeded && await store.GetAsync(log, expected.Path.Full.ToString(), cancellationToken) is null)
        {
            throw new AccessLogDamagedException($"{expected.Path} of log '{log}' is lost; a checkpoint needs it.");
        }
    }

    private void CheckSame(Resource expected, ReadOnlySpan<byte> stored)
    {
        var same = stored.CommonPrefixLength(expected.Content);
        if (same < Math.Max(stored.Length, expected.Content.Length))
        {
            var below = expected.PathBelow(same) is { } path ? $", or {path} below it," : "";
            throw new AccessLogDamagedException(
                $"{expected.Path} of log '{log}'{below} is not what the rest of the log says: it differs from byte {same} on."
            );
        }
    }
}
