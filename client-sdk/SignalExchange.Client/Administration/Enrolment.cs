using Google.Protobuf;
using SignalExchange.Client.Credentials;
using SignalExchange.Client.Transport;
using SignalExchange.Contracts.Members;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Administration;

/// <summary>How an invited member enrols its own key.</summary>
/// <remarks>Safe from any thread.</remarks>
public sealed class Enrolment
{
    private readonly ExchangeCalls _calls;
    private readonly MemberCredential _credential;

    internal Enrolment(ExchangeCalls calls, MemberCredential credential) => (_calls, _credential) = (calls, credential);

    /// <summary>Enrols the key of this client's credential. The member is in test mode then.</summary>
    /// <param name="enrolmentCode">The code of the invitation, 32 bytes, good once.</param>
    /// <param name="agreement">The agreement that the member accepts: the one that the invitation names.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="Errors.SignalExchangeException">
    /// ENROLMENT_REFUSED: wrong member or code, or the code was used or has expired. AGREEMENT_MISMATCH: another agreement.
    /// </exception>
    public async Task<Member> EnrolAsync(
        ReadOnlyMemory<byte> enrolmentCode,
        string agreement,
        CancellationToken cancellationToken = default
    )
    {
        var request = new EnrolMemberRequest
        {
            MemberId = _credential.Member.Value,
            EnrolmentCode = ByteString.CopyFrom(enrolmentCode.Span),
            PublicKey = ByteString.CopyFrom(_credential.PublicKey),
            Agreement = agreement,
        };
        request.Signature = ByteString.CopyFrom(_credential.SignData(EnrolmentProof.MessageOf(request)));
        var response = await _calls
            .CallAsync(options => _calls.Members.EnrolMemberAsync(request, options), cancellationToken)
            .ConfigureAwait(false);
        return response.Member;
    }
}
