using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using SignalExchange.Grains.Members;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.People;

/// <summary>
/// One-time codes of two halves, one of who asked for an account's code and one of who approved it: nobody who has one of them can sign in as the
/// person, and each half is a whole code of 125 bits, so that who has the other one has nothing to guess with.
/// </summary>
public static class CodeHalves
{
    private const string Domain = "signalexchange sign-in code halves 1\0";

    /// <summary>Returns the digest that is kept of two halves, in whatever order they are given.</summary>
    /// <param name="one">The digest of one half, 32 bytes.</param>
    /// <param name="other">The digest of the other one.</param>
    public static byte[] Join(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other) =>
        one.SequenceCompareTo(other) <= 0
            ? SHA256.HashData([.. Encoding.ASCII.GetBytes(Domain), .. one, .. other])
            : Join(other, one);

    /// <summary>Returns an act that was approved, as it is done: with the approver's half, if it gives a code.</summary>
    internal static RegistryAct Complete(RequestedAct asked, Consent consent)
    {
        var act = asked.Act.Clone();
        switch (act.KindCase)
        {
            case RegistryAct.KindOneofCase.InvitePerson:
                act.InvitePerson.CodeDigest = Join(act.InvitePerson.CodeDigest, consent);
                act.InvitePerson.AskedBy = asked.Approval.RequestedBy;
                break;
            case RegistryAct.KindOneofCase.ResetPerson:
                act.ResetPerson.CodeDigest = Join(act.ResetPerson.CodeDigest, consent);
                act.ResetPerson.AskedBy = asked.Approval.RequestedBy;
                break;
        }

        return act;
    }

    private static ByteString Join(ByteString asked, Consent consent) =>
        ByteString.CopyFrom(Join(asked.Span, consent.CodeDigest));
}
