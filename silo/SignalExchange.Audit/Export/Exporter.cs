using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Microsoft.Extensions.Options;
using SignalExchange.AccessLog.Reading;
using SignalExchange.Audit.Search;
using SignalExchange.Contracts.Audit;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.Forms;
using SignalExchange.Contracts.V1;
using SignalExchange.Storage;

namespace SignalExchange.Audit.Export;

/// <inheritdoc cref="IExporter"/>
internal sealed class Exporter(
    IAuditSearch search,
    ISearchFollower follower,
    IAccessLogReader log,
    ICheckpointSource checkpoints,
    IExportSigner signer,
    IOptions<ExportOptions> options,
    TimeProvider time
) : IExporter
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);
    private static readonly JsonFormatter Json = new(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true));

    /// <inheritdoc/>
    public async Task<AuditAnswer<PreparedExport>> PrepareAsync(
        ExportEntriesRequest request,
        CancellationToken cancellationToken
    )
    {
        var filter = request.Filter?.Clone() ?? new();
        if ((MessageForms.Check(request) ?? FilterRules.Check(filter)?.Within("filter")) is { } refusal)
        {
            return refusal;
        }

        await RequireWholeAsync(cancellationToken);
        var (size, checkpoint) = await FindRangeAsync(cancellationToken);
        var count = await search.CountAsync(filter, size, cancellationToken);
        return count > options.Value.MaxEntries
            ? new Refusal(ErrorReason.ExportTooLarge, "filter", options.Value.MaxEntries, count)
            : new PreparedExport(
                count,
                size,
                token => WriteAsync(new(filter, request.FileFormat, size, checkpoint), count, token)
            );
    }

    // What a damaged index leaves out would be missing from the file, and its manifest would vouch for that.
    private async Task RequireWholeAsync(CancellationToken cancellationToken)
    {
        if (await follower.FindDamageAsync(cancellationToken) is { } damage)
        {
            throw new StorageUnavailableException($"The search index is made anew: {damage}.");
        }
    }

    // The file holds nothing that the checkpoint beside it does not speak of. The newest entries are waited for, but not for ever: a checkpoint
    // may wait for witnesses.
    private async Task<(long Size, string Checkpoint)> FindRangeAsync(CancellationToken cancellationToken)
    {
        var indexed = follower.IndexedSize;
        for (var began = time.GetTimestamp(); ; await Task.Delay(PollInterval, time, cancellationToken))
        {
            var note = await checkpoints.NewestAsync(cancellationToken);
            var covered = ExportManifest.SizeOf(note) ?? 0;
            if (covered >= indexed || time.GetElapsedTime(began) >= Patience)
            {
                return (Math.Min(indexed, covered), note);
            }
        }
    }

    private async IAsyncEnumerable<ExportEntriesResponse> WriteAsync(
        ExportRange range,
        long count,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var tally = new ExportTally();
        // A reader that goes away ends the writer, too.
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var file = new ChunkStream();
        var manifest = Task.Run(() => WriteFileAsync(range, tally, file, ended.Token), CancellationToken.None);
        try
        {
            yield return Progress(0, count);
            await foreach (var chunk in file.Chunks.ReadAllAsync(cancellationToken))
            {
                yield return new() { Chunk = UnsafeByteOperations.UnsafeWrap(chunk) };
                yield return Progress(tally.Entries, count);
            }

            yield return new() { Manifest = UnsafeByteOperations.UnsafeWrap(await manifest) };
        }
        finally
        {
            await ended.CancelAsync();
            await ((Task)manifest).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<byte[]> WriteFileAsync(
        ExportRange range,
        ExportTally tally,
        ChunkStream file,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var places = search.FindAllAsync(range.Filter, range.Size, cancellationToken);
            var entries = tally.CountAsync(EntryRuns.ReadAsync(log, places, cancellationToken), cancellationToken);
            await Writer(range.Format).WriteAsync(entries, file, cancellationToken);
            var digest = await file.CompleteAsync(cancellationToken);
            var manifest = new ExportManifest
            {
                Origin = log.Origin,
                Size = range.Size,
                Filter = JsonNode.Parse(Json.Format(range.Filter))!.AsObject(),
                Format = ContractNames.Of(range.Format),
                Entries = tally.Entries,
                FirstIndex = tally.First,
                LastIndex = tally.Last,
                FileBytes = file.Length,
                FileSha256 = Convert.ToHexStringLower(digest),
                Checkpoint = range.Checkpoint,
                CreatedAt = time.GetUtcNow(),
            };
            return await SignAsync(manifest.ToBytes(), cancellationToken);
        }
        catch (Exception exception)
        {
            file.Fail(exception);
            throw;
        }
    }

    private static ExportEntriesResponse Progress(long written, long entries) =>
        new()
        {
            Progress = new() { Written = (ulong)written, Entries = (ulong)entries },
        };

    private async Task<byte[]> SignAsync(byte[] payload, CancellationToken cancellationToken)
    {
        var message = DsseEnvelope.SignedBytes(ExportManifest.PayloadType, payload);
        var signature = await signer.SignAsync(message, cancellationToken);
        return new DsseEnvelope(ExportManifest.PayloadType, payload, [new(signer.KeyId, signature)]).ToBytes();
    }

    private static IExportFormat Writer(ExportFormat format) =>
        format switch
        {
            ExportFormat.JsonLines => new JsonLinesFormat(),
            ExportFormat.Csv => new CsvFormat(),
            ExportFormat.Parquet => new ParquetFormat(),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Not a format of this contract."),
        };
}
