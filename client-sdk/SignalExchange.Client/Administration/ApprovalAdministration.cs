using System.Runtime.CompilerServices;
using Google.Protobuf;
using SignalExchange.Client.Errors;
using SignalExchange.Client.Transport;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Members;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Administration;

/// <summary>Four eyes: what one operator asked for and another decides.</summary>
/// <remarks>Idempotent. Safe from any thread.</remarks>
public sealed class ApprovalAdministration
{
    private readonly ExchangeCalls _calls;

    internal ApprovalAdministration(ExchangeCalls calls) => _calls = calls;

    /// <summary>Lists approvals, newest first, page by page.</summary>
    /// <param name="state">Only those in this state; unspecified for all.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    public async IAsyncEnumerable<Approval> ListAsync(
        ApprovalState state = ApprovalState.Unspecified,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var request = new ListApprovalsRequest { PageSize = Limits.MaxPageSize, State = state };
        do
        {
            var response = await _calls
                .CallAsync(options => _calls.Approvals.ListApprovalsAsync(request, options), cancellationToken)
                .ConfigureAwait(false);
            foreach (var approval in response.Approvals)
            {
                yield return approval;
            }

            request.PageToken = response.NextPageToken;
        } while (request.PageToken.Length > 0);
    }

    /// <summary>Approves what another operator asked for, as it was shown; it is done when this returns.</summary>
    /// <param name="approvalId">The approval's id, 16 bytes.</param>
    /// <param name="shownDigest">What the approver was shown, 32 bytes: <see cref="ApprovalDigest.Of"/> of the approval as it was listed.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The approval and, of an account's, the approver's half of its one-time code: shown this once.</returns>
    /// <exception cref="SignalExchangeException">
    /// Among others <see cref="ErrorReason.ApprovalNotShown"/>: the act would change something else by now. List it again, and look.
    /// </exception>
    public Task<ApproveActResponse> ApproveAsync(
        ReadOnlyMemory<byte> approvalId,
        ReadOnlyMemory<byte> shownDigest,
        CancellationToken cancellationToken = default
    )
    {
        var request = new ApproveActRequest
        {
            ApprovalId = ByteString.CopyFrom(approvalId.Span),
            ShownDigest = ByteString.CopyFrom(shownDigest.Span),
        };
        return _calls.CallAsync(options => _calls.Approvals.ApproveActAsync(request, options), cancellationToken);
    }

    /// <summary>Refuses what an operator asked for, oneself or another.</summary>
    /// <param name="approvalId">The approval's id, 16 bytes.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<Approval> RefuseAsync(
        ReadOnlyMemory<byte> approvalId,
        CancellationToken cancellationToken = default
    )
    {
        var request = new RefuseActRequest { ApprovalId = ByteString.CopyFrom(approvalId.Span) };
        var response = await _calls
            .CallAsync(options => _calls.Approvals.RefuseActAsync(request, options), cancellationToken)
            .ConfigureAwait(false);
        return response.Approval;
    }
}
