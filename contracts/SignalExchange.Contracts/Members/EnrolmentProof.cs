using System.Text;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Contracts.Members;

/// <summary>What a member signs to enrol: shows that whoever holds the code also holds the private key.</summary>
public static class EnrolmentProof
{
    private const string Domain = "signalexchange enrolment 1";

    /// <summary>Returns the bytes to sign: the domain, a zero byte, the member's id, a zero byte, and the code.</summary>
    /// <param name="request">The request; its signature is not looked at.</param>
    public static byte[] MessageOf(EnrolMemberRequest request) =>
        [.. Encoding.ASCII.GetBytes($"{Domain}\0{request.MemberId}\0"), .. request.EnrolmentCode.Span];
}
