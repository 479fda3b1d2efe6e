using System.Collections.Concurrent;
using SignalExchange.TransparencyLog.Merkle;
using SignalExchange.TransparencyLog.Tiles;

namespace SignalExchange.TransparencyLog.Verification;

/// <summary>Reads and hashes every entry of a log, bundle by bundle.</summary>
internal sealed class EntriesPass(
    ITileSource source,
    LogVerifierOptions options,
    TreeShape shape,
    long? sinceSize,
    FindingList findings
)
{
    /// <summary>How many mismatches are kept to be looked into: 16 KiB each.</summary>
    private const int MaxMismatches = 256;

    private readonly MerkleHash[] _roots = new MerkleHash[shape.HashesAt(1)];
    private readonly ConcurrentDictionary<long, BundleMismatch> _mismatches = [];
    private readonly bool[] _differs = new bool[shape.TilesAt(0)];
    private MerkleHash[] _tail = [];
    private MerkleHash[] _sinceTail = [];
    private long _verified;
    private long _detailsVerified;
    private long _detailsShredded;
    private long _mismatchCount;

    public long DetailsVerified => _detailsVerified;

    public long DetailsShredded => _detailsShredded;

    /// <summary>Gets the leaf hashes behind the last full bundle.</summary>
    public ReadOnlySpan<MerkleHash> Tail => _tail;

    /// <summary>Gets the bundles that differ from their tiles, the first ones, by their place.</summary>
    public IEnumerable<BundleMismatch> Mismatches => _mismatches.Values.OrderBy(it => it.Bundle);

    /// <summary>Returns the mismatch of a bundle, if there is one.</summary>
    public BundleMismatch? MismatchOf(long bundle) => _mismatches.GetValueOrDefault(bundle);

    /// <summary>Tells whether a bundle differs from its tile, also when the mismatch was not kept.</summary>
    public bool Differs(long bundle) => _differs[bundle];

    public async Task RunAsync(IProgress<LogProgress>? progress, CancellationToken cancellationToken)
    {
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = options.Parallelism,
            CancellationToken = cancellationToken,
        };
        await Parallel
            .ForAsync(
                0,
                shape.TilesAt(0),
                parallel,
                async (bundle, token) =>
                {
                    await VerifyAsync(bundle, token).ConfigureAwait(false);
                    var verified = Interlocked.Add(ref _verified, shape.WidthOf(0, bundle));
                    progress?.Report(new LogProgress(verified, shape.Size));
                }
            )
            .ConfigureAwait(false);
    }

    /// <summary>Returns the tree of the entries that were read.</summary>
    public ComputedTree Compute() => new(_roots, RootAt(shape.Size));

    /// <summary>Returns the root of the first entries.</summary>
    /// <param name="size">How many: all of them, or as many as the older checkpoint has.</param>
    public MerkleHash RootAt(long size)
    {
        var frontier = new MerkleFrontier();
        foreach (ref readonly var root in _roots.AsSpan(0, (int)(size / TilePath.FullWidth)))
        {
            frontier.Append(root, TilePath.Height);
        }

        var tail = size == shape.Size ? _tail : _sinceTail;
        foreach (ref readonly var leaf in tail.AsSpan(0, (int)(size % TilePath.FullWidth)))
        {
            frontier.Append(leaf);
        }

        return frontier.Root;
    }

    private async ValueTask VerifyAsync(long bundle, CancellationToken cancellationToken)
    {
        var width = shape.WidthOf(0, bundle);
        var entries = await ReadEntriesAsync(bundle, width, cancellationToken).ConfigureAwait(false);
        var tile = await ReadTileAsync(bundle, width, cancellationToken).ConfigureAwait(false);
        var hashes = entries is { } file ? BundleHashes.Of(file, width) : default;
        Keep(bundle, width, Compare(bundle, hashes, tile));
        // Where entries have moved every detail would be blamed for it: it is told once, of the entries.
        if (entries is not null && hashes.HasAll && !_differs[bundle] && options.EntryCheck is not null)
        {
            await CheckDetailsAsync(bundle, width, entries.Value, cancellationToken).ConfigureAwait(false);
        }
    }

    // Where entries are missing the tile stands in for them, so that the rest of the log can be judged: found is found.
    private MerkleHash[] Compare(long bundle, BundleHashes hashes, MerkleHash[]? tile)
    {
        var differs = hashes.Leaves is not null && tile is not null && !hashes.Leaves.AsSpan().SequenceEqual(tile);
        _differs[bundle] = differs;
        if (differs && Interlocked.Increment(ref _mismatchCount) <= MaxMismatches)
        {
            _mismatches[bundle] = new BundleMismatch(bundle, hashes.Leaves!, tile!, hashes.HasAll);
        }

        if (!hashes.HasAll && hashes.Leaves is not null && !differs)
        {
            ReportUnreadable(bundle, hashes.Leaves.Length);
        }

        return hashes.HasAll ? hashes.Leaves! : tile ?? [];
    }

    private void Keep(long bundle, int width, MerkleHash[] leaves)
    {
        var isKnown = leaves.Length == width;
        if (width == TilePath.FullWidth)
        {
            _roots[bundle] = isKnown ? MerkleHashing.HashTree(leaves) : default;
        }
        else
        {
            _tail = isKnown ? leaves : new MerkleHash[width];
        }

        if (bundle == sinceSize / TilePath.FullWidth)
        {
            _sinceTail = isKnown ? leaves : new MerkleHash[width];
        }
    }

    private async ValueTask<TileFile?> ReadEntriesAsync(long bundle, int width, CancellationToken cancellationToken)
    {
        var path = TilePath.Entries(bundle, width);
        var file = await SafeReadAsync(path, cancellationToken).ConfigureAwait(false);
        if (file is null)
        {
            var first = bundle * TilePath.FullWidth;
            findings.Add(
                LogFindingKind.BundleMissing,
                first,
                path.ToString(),
                $"{path} is absent: entries {first} to {first + width - 1}."
            );
        }

        return file;
    }

    private async ValueTask<MerkleHash[]?> ReadTileAsync(long bundle, int width, CancellationToken cancellationToken)
    {
        var path = TilePath.Hashes(0, bundle, width);
        var file = await SafeReadAsync(path, cancellationToken).ConfigureAwait(false);
        if (TileFiles.HashesOf(file, width) is { } tile)
        {
            return tile;
        }

        findings.Add(
            LogFindingKind.TileMissing,
            bundle * TilePath.FullWidth,
            path.ToString(),
            $"{path} is absent, or is no tile of {width} hashes."
        );
        return null;
    }

    private async ValueTask CheckDetailsAsync(
        long bundle,
        int width,
        TileFile entries,
        CancellationToken cancellationToken
    )
    {
        var path = TilePath.Details(bundle, width);
        var details = await SafeReadAsync(path, cancellationToken).ConfigureAwait(false);
        var (verified, shredded) = DetailCheck.Run(options.EntryCheck!, path, entries.Bytes.Span, details, findings);
        Interlocked.Add(ref _detailsVerified, verified);
        Interlocked.Add(ref _detailsShredded, shredded);
        if (shredded > 0 && !options.AllowsShreddedDetails)
        {
            findings.Add(
                LogFindingKind.DetailMissing,
                bundle * TilePath.FullWidth,
                path.ToString(),
                $"{path} lacks {shredded} of {width} details."
            );
        }
    }

    // A file that is too long to be one is as good as none.
    private async ValueTask<TileFile?> SafeReadAsync(TilePath path, CancellationToken cancellationToken)
    {
        try
        {
            return await TileFiles.ReadAsync(source, path, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private void ReportUnreadable(long bundle, int count)
    {
        var path = TilePath.Entries(bundle, shape.WidthOf(0, bundle));
        var entry = (bundle * TilePath.FullWidth) + count;
        findings.Add(
            LogFindingKind.EntryRemoved,
            entry,
            path.ToString(),
            $"{path} is cut off at entry {entry}, or holds something behind its last."
        );
    }
}
