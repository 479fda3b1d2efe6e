using System.Security.Cryptography;
using SignalExchange.Index.Templates;
using SignalExchange.Storage;

namespace SignalExchange.Index.Snapshots;

/// <summary>Writes the index down while it is in use: each shard as it stands at some moment, then the templates.</summary>
/// <remarks>
/// Templates come last, so they are at least as new as every shard's mark; the changes after a mark are applied again at a start, which
/// changes nothing where they were applied before.
/// </remarks>
internal sealed class SnapshotSaver(
    LocalIndex index,
    TemplateIndex templates,
    ShardMap shards,
    SnapshotKey key,
    TimeProvider time
)
{
    private const int SaltBytes = SnapshotFormat.HeaderBytes - SnapshotFormat.SaltAt;

    /// <summary>Writes a snapshot.</summary>
    /// <returns>Its bytes.</returns>
    public async Task<long> WriteAsync(Stream file, CancellationToken cancellationToken)
    {
        using var writer = new SnapshotWriter(file, key.Bytes.Span, RandomNumberGenerator.GetBytes(SaltBytes));
        await writer.WriteHeaderAsync(cancellationToken);
        var entries = new List<(ShardMark, SnapshotSection)>(shards.Count);
        foreach (var shard in shards.All)
        {
            using var capture = index.Capture(shard);
            entries.Add((capture.Mark, await writer.WriteSectionAsync(capture.Packed, cancellationToken)));
        }

        await writer.WriteDirectoryAsync(
            await WriteTemplatesAsync(writer, entries, cancellationToken),
            cancellationToken
        );
        return writer.Bytes;
    }

    private async Task<SnapshotDirectory> WriteTemplatesAsync(
        SnapshotWriter writer,
        List<(ShardMark, SnapshotSection)> entries,
        CancellationToken cancellationToken
    )
    {
        var (lists, bands) = (new List<SnapshotSection>(), new List<SnapshotSection>());
        await templates.CopyAsync(
            async copy =>
            {
                lists.Add(await writer.WriteSectionAsync(TemplateRecords.Pack(copy.Templates), cancellationToken));
                lists.Add(await writer.WriteSectionAsync(TemplateRecords.Pack(copy.Sketches), cancellationToken));
                lists.Add(await writer.WriteSectionAsync(TemplateRecords.Pack(copy.ByToken), cancellationToken));
            },
            async slots => bands.Add(await writer.WriteSectionAsync(TemplateRecords.Pack(slots), cancellationToken)),
            cancellationToken
        );
        return new(
            time.GetUtcNow(),
            templates.MaxPerBand,
            templates.MaxPerBandOfOwner,
            index.Key,
            templates.Key,
            entries,
            lists[0],
            lists[1],
            lists[2],
            bands
        );
    }
}
