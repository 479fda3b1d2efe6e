using SignalExchange.TransparencyLog.Merkle;
using SignalExchange.TransparencyLog.Notes;
using SignalExchange.TransparencyLog.Tiles;

namespace SignalExchange.TransparencyLog.Verification;

/// <summary>Finds out what is wrong when entries, tiles and root do not agree: the signed root decides between them.</summary>
internal sealed class LogDiagnosis(
    StoredTiles stored,
    EntriesPass entries,
    ComputedTree computed,
    Checkpoint checkpoint,
    FindingList findings
)
{
    private readonly List<MerkleHash[]> _computedLevels = computed.Levels();

    /// <summary>The entries are what was signed: whatever differs from them is wrong.</summary>
    public void ReportFilesThatDiffer()
    {
        foreach (var mismatch in entries.Mismatches)
        {
            if (mismatch.HasAll)
            {
                ReportTile(TilePath.Hashes(0, mismatch.Bundle, mismatch.Tile.Length), mismatch.Leaves, mismatch.Tile);
            }
            else
            {
                ReportEntry(mismatch);
            }
        }

        for (var level = 1; level < stored.Levels; level++)
        {
            for (var index = 0; index < stored.CountAt(level); index++)
            {
                ReportTileIfItDiffers(level, index);
            }
        }
    }

    /// <summary>The entries are not what was signed: what the signed root vouches for tells which.</summary>
    public void ReportEntriesThatDiffer()
    {
        findings.Add(
            LogFindingKind.RootDiffers,
            null,
            "checkpoint",
            $"The {checkpoint.Size} entries do not hash to the root that the checkpoint states."
        );
        var vouched = VouchedTiles();
        ReportUpperTiles(vouched);
        foreach (var mismatch in entries.Mismatches)
        {
            ReportMismatch(mismatch, vouched);
        }

        ReportRewrittenBundles(vouched);
    }

    // From the top: the signed root vouches for the partial tiles, each tile for those below it.
    private HashSet<TilePath> VouchedTiles()
    {
        var vouched = new HashSet<TilePath>();
        var tail = entries.MismatchOf(checkpoint.Size / TilePath.FullWidth)?.Tile;
        var edgesHold =
            stored.HaveRoot(checkpoint.Root, entries.Tail)
            || (tail is not null && stored.HaveRoot(checkpoint.Root, tail));
        for (var level = stored.Levels - 1; level >= 1; level--)
        {
            for (var index = 0; index < stored.CountAt(level); index++)
            {
                var path = stored.PathOf(level, index);
                var isVouchedFor = path.IsPartial
                    ? edgesHold
                    : vouched.Contains(ParentOf(path)) && stored.IsVouchedFor(level, index);
                _ = isVouchedFor && vouched.Add(path);
            }
        }

        return vouched;
    }

    private TilePath ParentOf(TilePath path) => stored.PathOf(path.Level + 1, path.Index / TilePath.FullWidth);

    private void ReportUpperTiles(HashSet<TilePath> vouched)
    {
        for (var level = 1; level < stored.Levels; level++)
        {
            for (var index = 0; index < stored.CountAt(level); index++)
            {
                var path = stored.PathOf(level, index);
                if (vouched.Contains(path))
                {
                    continue;
                }

                if (stored.Tile(level, index) is not null && !path.IsPartial && vouched.Contains(ParentOf(path)))
                {
                    AddTile(LogFindingKind.TileAltered, path, $"{path} is not what the tile above it says.");
                }
                else
                {
                    ReportTileIfItDiffers(level, index);
                }
            }
        }
    }

    private void ReportMismatch(BundleMismatch mismatch, HashSet<TilePath> vouched)
    {
        var truth = TruthOf(mismatch.Bundle, vouched);
        var entriesAreTrue =
            mismatch.HasAll
            && (
                truth is { } root
                    ? MerkleHashing.HashTree(mismatch.Leaves) == root
                    : mismatch.Tile.Length < TilePath.FullWidth && stored.HaveRoot(checkpoint.Root, mismatch.Leaves)
            );
        if (entriesAreTrue)
        {
            ReportTile(TilePath.Hashes(0, mismatch.Bundle, mismatch.Tile.Length), mismatch.Leaves, mismatch.Tile);
        }
        else
        {
            ReportEntry(mismatch);
        }
    }

    private void ReportRewrittenBundles(HashSet<TilePath> vouched)
    {
        for (var bundle = 0; bundle < computed.Roots.Length; bundle++)
        {
            var isRewritten =
                TruthOf(bundle, vouched) is { } truth && truth != computed.Roots[bundle] && !entries.Differs(bundle);
            if (isRewritten)
            {
                var first = (long)bundle * TilePath.FullWidth;
                findings.Add(
                    LogFindingKind.BundleRewritten,
                    first,
                    TilePath.Entries(bundle).ToString(),
                    $"Entries {first} to {first + TilePath.FullWidth - 1} are not those that were logged; no tile tells which."
                );
            }
        }
    }

    // What the signed root says that a full bundle hashes to; null if nothing that it vouches for says so.
    private MerkleHash? TruthOf(long bundle, HashSet<TilePath> vouched) =>
        bundle < computed.Roots.Length && vouched.Contains(ParentOf(TilePath.Hashes(0, bundle)))
            ? stored.HashAt(1, bundle)
            : null;

    private void ReportTileIfItDiffers(int level, int index)
    {
        var path = stored.PathOf(level, index);
        var expected = _computedLevels[level - 1].AsSpan(index * TilePath.FullWidth, path.Width);
        if (stored.Tile(level, index) is not { } tile)
        {
            AddTile(LogFindingKind.TileMissing, path, $"{path} is absent, or is no tile of {path.Width} hashes.");
        }
        else if (!expected.SequenceEqual(tile))
        {
            ReportTile(path, expected, tile);
        }
    }

    private void ReportTile(TilePath path, ReadOnlySpan<MerkleHash> expected, ReadOnlySpan<MerkleHash> actual)
    {
        var place = expected.CommonPrefixLength(actual);
        AddTile(LogFindingKind.TileAltered, path, $"{path} is not the tile of its entries: hash {place} is wrong.");
    }

    private void AddTile(LogFindingKind kind, TilePath path, string message) =>
        findings.Add(kind, path.Index << ((path.Level + 1) * TilePath.Height), path.ToString(), message);

    private void ReportEntry(BundleMismatch mismatch)
    {
        var difference = EntryDifference.Find(mismatch.Leaves, mismatch.Tile);
        var first = mismatch.Bundle * TilePath.FullWidth;
        var entry = first + difference.Place;
        var path = TilePath.Entries(mismatch.Bundle, mismatch.Tile.Length).ToString();
        var message = difference.Kind switch
        {
            LogFindingKind.EntryRemoved => $"Entry {entry} is gone.",
            LogFindingKind.EntryInserted => $"Entry {entry} was not logged there: it was put in.",
            LogFindingKind.EntriesSwapped => $"Entries {entry} and {first + difference.Other} have changed places.",
            _ => $"Entry {entry} is not the one that was logged.",
        };
        findings.Add(difference.Kind, entry, path, message);
    }
}
