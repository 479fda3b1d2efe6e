using System.Runtime.CompilerServices;
using Google.Protobuf;
using SignalExchange.Client.Transport;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Disputes;

/// <summary>How somebody who was wrongly accused gets out: disputes of one member on another's signal.</summary>
/// <remarks>Idempotent. Safe from any thread.</remarks>
public sealed class DisputeClient
{
    private readonly ExchangeCalls _calls;

    internal DisputeClient(ExchangeCalls calls) => _calls = calls;

    /// <summary>Raises a dispute on another member's signal. From then on the signal permits no more than review.</summary>
    /// <param name="keyId">The key of the token.</param>
    /// <param name="token">The indicator's token, 32 bytes; counted as one that is checked.</param>
    /// <param name="signalId">The signal on it, 16 bytes, as a check named it.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<Dispute> RaiseAsync(
        string keyId,
        Token token,
        ReadOnlyMemory<byte> signalId,
        DisputeReason reason,
        CancellationToken cancellationToken = default
    )
    {
        var request = new RaiseDisputeRequest
        {
            KeyId = keyId,
            Token = ByteString.CopyFrom(token.ToArray()),
            SignalId = ByteString.CopyFrom(signalId.Span),
            Reason = reason,
        };
        var response = await _calls
            .CallAsync(options => _calls.Disputes.RaiseDisputeAsync(request, options), cancellationToken)
            .ConfigureAwait(false);
        return response.Dispute;
    }

    /// <summary>Stands by a signal of one's own, or withdraws it.</summary>
    /// <param name="disputeId">The dispute, 16 bytes.</param>
    /// <param name="answer">Which of the two.</param>
    /// <param name="retractionReason">Why it is withdrawn; not stated means FALSE_POSITIVE.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<Dispute> AnswerAsync(
        ReadOnlyMemory<byte> disputeId,
        DisputeAnswer answer,
        RetractionReason retractionReason = RetractionReason.Unspecified,
        CancellationToken cancellationToken = default
    )
    {
        var request = new AnswerDisputeRequest
        {
            DisputeId = ByteString.CopyFrom(disputeId.Span),
            Answer = answer,
            RetractionReason = retractionReason,
        };
        var response = await _calls
            .CallAsync(options => _calls.Disputes.AnswerDisputeAsync(request, options), cancellationToken)
            .ConfigureAwait(false);
        return response.Dispute;
    }

    /// <summary>Ends a dispute that one raised; operators end any.</summary>
    public async Task<Dispute> CloseAsync(ReadOnlyMemory<byte> disputeId, CancellationToken cancellationToken = default)
    {
        var request = new CloseDisputeRequest { DisputeId = ByteString.CopyFrom(disputeId.Span) };
        var response = await _calls
            .CallAsync(options => _calls.Disputes.CloseDisputeAsync(request, options), cancellationToken)
            .ConfigureAwait(false);
        return response.Dispute;
    }

    /// <summary>Lists the disputes that one's member raised or must answer, newest first; all of them for operators and auditors.</summary>
    /// <param name="isUnsettled">Only those that are open or upheld.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    public async IAsyncEnumerable<Dispute> ListAsync(
        bool isUnsettled = false,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var request = new ListDisputesRequest { Unsettled = isUnsettled, PageSize = Limits.MaxPageSize };
        do
        {
            var response = await _calls
                .CallAsync(options => _calls.Disputes.ListDisputesAsync(request, options), cancellationToken)
                .ConfigureAwait(false);
            foreach (var dispute in response.Disputes)
            {
                yield return dispute;
            }

            request.PageToken = response.NextPageToken;
        } while (request.PageToken.Length > 0);
    }
}
