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

        var size = follower.IndexedSize;
        var count = await search.CountAsync(filter, cancellationToken);
        return count > options.Value.MaxEntries
            ? new Refusal(ErrorReason.ExportTooLarge, "filter", options.Value.MaxEntries, count)
            : new PreparedExport(count, size, token => WriteAsync(filter, request.FileFormat, count, size, token));
    }

    private async IAsyncEnumerable<ExportEntriesResponse> WriteAsync(
        EntryFilter filter,
        ExportFormat format,
        long count,
        long size,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var tally = new ExportTally();
        // A reader that goes away ends the writer, too.
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var file = new ChunkStream();
        var manifest = Task.Run(
            () => WriteFileAsync(filter, format, size, tally, file, ended.Token),
            CancellationToken.None
        );
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
        EntryFilter filter,
        ExportFormat format,
        long size,
        ExportTally tally,
        ChunkStream file,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var checkpoint = await checkpoints.NewestAsync(cancellationToken);
            var places = search.FindAllAsync(filter, size, cancellationToken);
            var entries = tally.CountAsync(EntryRuns.ReadAsync(log, places, cancellationToken), cancellationToken);
            await Writer(format).WriteAsync(entries, file, cancellationToken);
            var digest = await file.CompleteAsync(cancellationToken);
            var manifest = new ExportManifest
            {
                Origin = log.Origin,
                Size = size,
                Filter = JsonNode.Parse(Json.Format(filter))!.AsObject(),
                Format = ContractNames.Of(format),
                Entries = tally.Entries,
                FirstIndex = tally.First,
                LastIndex = tally.Last,
                FileBytes = file.Length,
                FileSha256 = Convert.ToHexStringLower(digest),
                Checkpoint = checkpoint,
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
