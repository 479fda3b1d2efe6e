using System.Runtime.CompilerServices;
using Grpc.Core;
using SignalExchange.Client.Errors;
using SignalExchange.Client.Receipts;
using SignalExchange.Client.Transport;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Audit;

/// <summary>What auditors do with the access log. Every call is itself an entry of the log.</summary>
/// <remarks>Calls are refused to other keys than auditors'. Safe from any thread.</remarks>
public sealed class AuditClient
{
    private readonly ExchangeCalls _calls;

    internal AuditClient(ExchangeCalls calls) => _calls = calls;

    /// <summary>Finds entries, page by page, for as long as the caller goes on.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="order">In which order.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    public async IAsyncEnumerable<EntrySummary> SearchAsync(
        EntryFilter filter,
        EntryOrder order = EntryOrder.NewestFirst,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var request = new SearchEntriesRequest
        {
            Filter = filter,
            Order = order,
            PageSize = Limits.MaxAuditPageSize,
        };
        do
        {
            var page = await SearchPageAsync(request, cancellationToken).ConfigureAwait(false);
            foreach (var entry in page.Entries)
            {
                yield return entry;
            }

            request.PageToken = page.NextPageToken;
        } while (request.PageToken.Length > 0);
    }

    /// <summary>Finds one page of entries.</summary>
    public Task<SearchEntriesResponse> SearchPageAsync(
        SearchEntriesRequest request,
        CancellationToken cancellationToken = default
    ) => _calls.CallAsync(options => _calls.Audit.SearchEntriesAsync(request, options), cancellationToken);

    /// <summary>Reads one entry: leaf, detail and what became of the detail.</summary>
    /// <param name="index">Its place in the log.</param>
    /// <param name="caseId">The auditor's case, 16 bytes; empty for none, which an anomaly rule looks for.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<GetEntryResponse> GetEntryAsync(
        long index,
        ReadOnlyMemory<byte> caseId = default,
        CancellationToken cancellationToken = default
    )
    {
        var request = new GetEntryRequest
        {
            Index = (ulong)index,
            CaseId = Google.Protobuf.ByteString.CopyFrom(caseId.Span),
        };
        return _calls.CallAsync(options => _calls.Audit.GetEntryAsync(request, options), cancellationToken);
    }

    /// <summary>Gets the proof that an entry is in the tree of the newest published checkpoint.</summary>
    public Task<GetProofResponse> GetProofAsync(long index, CancellationToken cancellationToken = default)
    {
        var request = new GetProofRequest { Index = (ulong)index };
        return _calls.CallAsync(options => _calls.Audit.GetProofAsync(request, options), cancellationToken);
    }

    /// <summary>Gets what proves an answer that this member was given; for members, of their own entries.</summary>
    /// <param name="receipt">The answer's receipt.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The proof. It is not verified: see <see cref="AnswerProof.Verify"/>.</returns>
    /// <exception cref="SignalExchangeException">There is no such entry, or it is not published yet (<see cref="ErrorReason.ProofNotYet"/>).</exception>
    public async Task<AnswerProof> ProveAsync(AnswerReceipt receipt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        var proof = await GetProofAsync(receipt.Index, cancellationToken).ConfigureAwait(false);
        try
        {
            return new(receipt, LogProofs.Read(proof), proof.Detail.ToByteArray());
        }
        catch (FormatException exception)
        {
            throw SignalExchangeException.Unfit($"The exchange's proof is none. {exception.Message}");
        }
    }

    /// <summary>Gets the proof that the log only grew from one size to another.</summary>
    /// <param name="fromSize">The smaller size, from 1.</param>
    /// <param name="toSize">The greater size; 0 means that of the newest published checkpoint.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<GetConsistencyResponse> GetConsistencyAsync(
        long fromSize,
        long toSize = 0,
        CancellationToken cancellationToken = default
    )
    {
        var request = new GetConsistencyRequest { FromSize = (ulong)fromSize, ToSize = (ulong)toSize };
        return _calls.CallAsync(options => _calls.Audit.GetConsistencyAsync(request, options), cancellationToken);
    }

    /// <summary>Gets the newest published checkpoint, with the keys that the exchange says it signs with.</summary>
    /// <remarks>Whoever relies on the keys compares them with what was given by another way.</remarks>
    public Task<GetCheckpointResponse> GetCheckpointAsync(CancellationToken cancellationToken = default) =>
        _calls.CallAsync(options => _calls.Audit.GetCheckpointAsync(new(), options), cancellationToken);

    /// <summary>Sums up what members did, month by month: one page.</summary>
    public Task<ReportUsageResponse> ReportUsageAsync(
        ReportUsageRequest request,
        CancellationToken cancellationToken = default
    ) => _calls.CallAsync(options => _calls.Audit.ReportUsageAsync(request, options), cancellationToken);

    /// <summary>Lists who looked an indicator up, oldest first: one page.</summary>
    public Task<ReportLookupsResponse> ReportLookupsAsync(
        ReportLookupsRequest request,
        CancellationToken cancellationToken = default
    ) => _calls.CallAsync(options => _calls.Audit.ReportLookupsAsync(request, options), cancellationToken);

    /// <summary>Marks entries as reviewed.</summary>
    /// <returns>The place of the entry that records the review.</returns>
    public async Task<long> ReviewAsync(ReviewEntriesRequest request, CancellationToken cancellationToken = default)
    {
        var response = await _calls
            .CallAsync(options => _calls.Audit.ReviewEntriesAsync(request, options), cancellationToken)
            .ConfigureAwait(false);
        return (long)response.Index;
    }

    /// <summary>Lists reviews, newest first: one page.</summary>
    public Task<ListReviewsResponse> ListReviewsAsync(
        ListReviewsRequest request,
        CancellationToken cancellationToken = default
    ) => _calls.CallAsync(options => _calls.Audit.ListReviewsAsync(request, options), cancellationToken);

    /// <summary>Lists what the anomaly rules found, newest first: one page.</summary>
    public Task<ListAlarmsResponse> ListAlarmsAsync(
        ListAlarmsRequest request,
        CancellationToken cancellationToken = default
    ) => _calls.CallAsync(options => _calls.Audit.ListAlarmsAsync(request, options), cancellationToken);

    /// <summary>Closes an alarm with a disposition.</summary>
    /// <returns>The place of the entry that records it.</returns>
    public async Task<long> AcknowledgeAlarmAsync(
        AcknowledgeAlarmRequest request,
        CancellationToken cancellationToken = default
    )
    {
        var response = await _calls
            .CallAsync(options => _calls.Audit.AcknowledgeAlarmAsync(request, options), cancellationToken)
            .ConfigureAwait(false);
        return (long)response.Index;
    }

    /// <summary>Asks for the approval of an export.</summary>
    /// <returns>What waits for an operator; null where nobody is there to ask, and the export can be made.</returns>
    public async Task<Approval?> RequestExportAsync(
        RequestExportRequest request,
        CancellationToken cancellationToken = default
    )
    {
        var response = await _calls
            .CallAsync(options => _calls.Audit.RequestExportAsync(request, options), cancellationToken)
            .ConfigureAwait(false);
        return response.Approval;
    }

    /// <summary>Exports entries.</summary>
    /// <param name="request">Which, and in what format.</param>
    /// <param name="file">Where the file goes; left open.</param>
    /// <param name="cancellationToken">Ends the call. An export has no deadline but this.</param>
    /// <returns>The manifest: check it and the file with <see cref="ManifestKey"/> before relying on either.</returns>
    /// <exception cref="SignalExchangeException">The exchange refused it, was not reached, or ended without a manifest.</exception>
    public async Task<byte[]> ExportAsync(
        ExportEntriesRequest request,
        Stream file,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(file);
        try
        {
            using var call = _calls.Audit.ExportEntries(request, cancellationToken: cancellationToken);
            return await ReceiveAsync(call.ResponseStream, file, cancellationToken).ConfigureAwait(false);
        }
        catch (RpcException failure) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("The export was cancelled.", failure, cancellationToken);
        }
        catch (RpcException failure)
        {
            throw failure.ToSignalExchangeException();
        }
    }

    private static async Task<byte[]> ReceiveAsync(
        IAsyncStreamReader<ExportEntriesResponse> parts,
        Stream file,
        CancellationToken cancellationToken
    )
    {
        byte[]? manifest = null;
        while (await parts.MoveNext(cancellationToken).ConfigureAwait(false))
        {
            if (parts.Current.PartCase == ExportEntriesResponse.PartOneofCase.Manifest)
            {
                manifest = parts.Current.Manifest.ToByteArray();
            }
            else if (parts.Current.PartCase == ExportEntriesResponse.PartOneofCase.Chunk)
            {
                await file.WriteAsync(parts.Current.Chunk.Memory, cancellationToken).ConfigureAwait(false);
            }
        }

        return manifest ?? throw new RpcException(new(StatusCode.DataLoss, "The export ended without a manifest."));
    }
}
