using Microsoft.Extensions.Options;
using SignalExchange.Index.Tables;
using SignalExchange.Index.Templates;
using SignalExchange.Storage;
using SignalExchange.Storage.Snapshots;

namespace SignalExchange.Index.Snapshots;

/// <summary>Fills an empty index from a snapshot, or leaves it as it was.</summary>
/// <remarks>
/// (1) The directory: is it ours, whole, and of an index like this one? (2) The storage: does each shard's log hold, where the snapshot
/// stands, the commit that the snapshot was true at? A storage that was restored from a backup does not, and its changes would be taken
/// for applied. (3) The sections, aside; of memory, a piece for each that is read at a time. (4) What was filled takes its place.
/// </remarks>
internal sealed class SnapshotLoader(
    ISnapshotStore snapshots,
    SnapshotKey key,
    LocalIndex index,
    TemplateIndex templates,
    IShardStore store,
    IOptions<IndexOptions> options
)
{
    /// <summary>Loads the newest snapshot.</summary>
    /// <returns>What was loaded; null when there is no snapshot.</returns>
    /// <exception cref="SnapshotRefusedException">It cannot be used. As other exceptions of reading, it leaves the index empty.</exception>
    public async Task<SnapshotDirectory?> LoadAsync(CancellationToken cancellationToken)
    {
        if (await OpenAsync(cancellationToken) is not { } file)
        {
            return null;
        }

        await using (file)
        {
            var directory = await file.ReadDirectoryAsync(cancellationToken);
            RefuseUnlike(directory);
            await RefuseOtherHistory(directory, cancellationToken);
            var tables = await ReadTables(directory, cancellationToken);
            try
            {
                var (lists, byToken, bands) = await ReadTemplates(file, directory, cancellationToken);
                templates.Resume(directory.BandKey, lists, byToken, bands);
            }
            catch
            {
                Discard(tables);
                throw;
            }

            index.Resume(directory.TokenKey, [.. directory.Shards.Select((it, shard) => (it.Mark, tables[shard]!))]);
            return directory;
        }
    }

    private async Task<SnapshotReader?> OpenAsync(CancellationToken cancellationToken) =>
        await snapshots.OpenAsync(IndexSnapshots.Name, cancellationToken) is { } file
            ? await SnapshotReader.OpenAsync(file, key.Bytes, cancellationToken)
            : null;

    private void RefuseUnlike(SnapshotDirectory directory)
    {
        if (directory.Shards.Count != store.Shards.Count)
        {
            throw new SnapshotRefusedException(
                $"it has {directory.Shards.Count} shards, and the storage {store.Shards.Count}"
            );
        }

        // What a band has no room for is left out of it for good: silos that took in the same logs under other limits find other templates.
        RefuseOther("MaxTemplatesPerBand", directory.MaxPerBand, templates.MaxPerBand);
        RefuseOther("MaxTemplatesPerBandOfMember", directory.MaxPerBandOfMember, templates.MaxPerBandOfOwner);
    }

    private static void RefuseOther(string setting, int written, int now)
    {
        if (written != now)
        {
            throw new SnapshotRefusedException($"it was written with {setting} {written}, which is {now} now");
        }
    }

    private Task RefuseOtherHistory(SnapshotDirectory directory, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            store.Shards.All.Where(shard => directory.Shards[shard.Number].Mark.Sequence > 0),
            AtOnce(cancellationToken),
            async (shard, token) =>
            {
                if (!await Holds(shard, directory.Shards[shard.Number].Mark, token))
                {
                    throw new SnapshotRefusedException(
                        $"the storage does not hold what it is true of, in shard {shard}: it is newer than the storage, or of another one"
                    );
                }
            }
        );

    private async Task<bool> Holds(Shard shard, ShardMark mark, CancellationToken cancellationToken)
    {
        await foreach (var row in store.ReadLogAsync(shard, mark.Sequence - 1, cancellationToken))
        {
            return row.LastSequence == mark.Sequence && row.CommitId == mark.CommitId;
        }

        return false;
    }

    private async Task<Lines?[]> ReadTables(SnapshotDirectory directory, CancellationToken cancellationToken)
    {
        var tables = new Lines?[directory.Shards.Count];
        try
        {
            await Parallel.ForEachAsync(
                store.Shards.All,
                AtOnce(cancellationToken),
                async (shard, token) =>
                    tables[shard.Number] = await ReadTable(directory.Shards[shard.Number].Entries, token)
            );
            return tables;
        }
        catch
        {
            Discard(tables);
            throw;
        }
    }

    private async Task<Lines> ReadTable(SnapshotSection section, CancellationToken cancellationToken)
    {
        await using var file =
            await OpenAsync(cancellationToken) ?? throw new SnapshotRefusedException("it is gone while it is read");
        var table = index.BeginTable(checked((int)(section.Bytes / PackedEntry.Size)));
        try
        {
            await file.ReadSectionAsync(section, table.Append, cancellationToken);
            return table.Finish();
        }
        catch
        {
            table.Discard();
            throw;
        }
    }

    private static async Task<(TemplateLists, BandTable, List<BandTable>)> ReadTemplates(
        SnapshotReader file,
        SnapshotDirectory directory,
        CancellationToken cancellationToken
    )
    {
        var (entries, sketches) = (new List<TemplateEntry>(), new List<SketchEntry>());
        await file.ReadSectionAsync(
            directory.Templates,
            piece => TemplateRecords.ReadTemplates(piece, entries),
            cancellationToken
        );
        await file.ReadSectionAsync(
            directory.Sketches,
            piece => TemplateRecords.ReadSketches(piece, sketches),
            cancellationToken
        );
        var byToken = await ReadSlots(file, directory.ByToken, cancellationToken);
        var bands = new List<BandTable>();
        foreach (var band in directory.Bands)
        {
            bands.Add(await ReadSlots(file, band, cancellationToken));
        }

        return (new(entries, sketches, []), byToken, bands);
    }

    private static async Task<BandTable> ReadSlots(
        SnapshotReader file,
        SnapshotSection section,
        CancellationToken cancellationToken
    )
    {
        var table = new BandTable(checked((int)(section.Bytes / sizeof(ulong))));
        await file.ReadSectionAsync(section, piece => TemplateRecords.ReadSlots(piece, table), cancellationToken);
        return table;
    }

    private static void Discard(Lines?[] tables)
    {
        foreach (var lines in tables)
        {
            lines?.Release();
        }
    }

    private ParallelOptions AtOnce(CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = options.Value.BuildParallelism, CancellationToken = cancellationToken };
}
