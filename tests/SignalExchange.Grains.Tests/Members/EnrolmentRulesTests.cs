using System.Security.Cryptography;
using Google.Protobuf;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Members;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Members;
using SignalExchange.Grains.StoredV1;
using static SignalExchange.Grains.Tests.Members.Acts;

namespace SignalExchange.Grains.Tests.Members;

public sealed class EnrolmentRulesTests : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _code = RandomNumberGenerator.GetBytes(32);

    [Fact]
    public void Invited_enrolled_and_activated_a_member_takes_part()
    {
        var enrolled = EnrolmentRules.Enrol(Invited(), Request(), Now);
        var active = RegistryActs.Apply(
            enrolled.Next!,
            new() { ActivateMember = new() { MemberId = "platform-a" } },
            Now
        );

        Assert.Equal((MemberState.Test, "agreement-3"), (enrolled.Member!.State, enrolled.Member.Agreement));
        Assert.Equal(MemberState.Active, active.Member!.State);
    }

    [Fact]
    public void A_code_is_good_once()
    {
        var enrolled = EnrolmentRules.Enrol(Invited(), Request(), Now).Next!;

        Assert.Equal(ErrorReason.EnrolmentRefused, EnrolmentRules.Enrol(enrolled, Request(), Now).Refusal?.Reason);
    }

    [Fact]
    public void A_code_expires()
    {
        var (before, at) = (Now + Limits.InvitationLife - TimeSpan.FromSeconds(1), Now + Limits.InvitationLife);

        Assert.Null(EnrolmentRules.Enrol(Invited(), Request(), before).Refusal);
        Assert.Equal(ErrorReason.EnrolmentRefused, EnrolmentRules.Enrol(Invited(), Request(), at).Refusal?.Reason);
    }

    [Fact]
    public void A_wrong_code_member_or_signature_reads_the_same()
    {
        var code = Request();
        code.EnrolmentCode = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(32));
        var member = Request();
        member.MemberId = "platform-b";
        var signature = Request();
        signature.Signature = ByteString.CopyFrom(new byte[64]);

        Assert.All(
            [code, member, signature],
            wrong =>
                Assert.Equal(ErrorReason.EnrolmentRefused, EnrolmentRules.Enrol(Invited(), wrong, Now).Refusal?.Reason)
        );
    }

    [Fact]
    public void Another_agreement_is_refused_and_the_code_stays_good()
    {
        var other = Request();
        other.Agreement = "agreement-2";

        Assert.Equal(ErrorReason.AgreementMismatch, EnrolmentRules.Enrol(Invited(), other, Now).Refusal?.Reason);
        Assert.Null(EnrolmentRules.Enrol(Invited(), Request(), Now).Refusal);
    }

    [Fact]
    public void An_invitation_again_replaces_the_code()
    {
        var other = RandomNumberGenerator.GetBytes(32);
        var again = EnrolmentRules.Invite(Invited(), Invitation(), other, Now).Next!;

        Assert.Single(again.Invitations);
        Assert.Equal(ErrorReason.EnrolmentRefused, EnrolmentRules.Enrol(again, Request(), Now).Refusal?.Reason);
    }

    [Fact]
    public void The_state_holds_no_code() => Assert.Equal(-1, Invited().ToByteArray().AsSpan().IndexOf(_code));

    public void Dispose() => _key.Dispose();

    private RegistryState Invited() => EnrolmentRules.Invite(Bootstrapped(), Invitation(), _code, Now).Next!;

    private static InviteMemberRequest Invitation() =>
        new()
        {
            MemberId = "platform-a",
            Agreement = "agreement-3",
            Jurisdictions = { "DE" },
        };

    private EnrolMemberRequest Request()
    {
        var request = new EnrolMemberRequest
        {
            MemberId = "platform-a",
            EnrolmentCode = ByteString.CopyFrom(_code),
            PublicKey = ByteString.CopyFrom(_key.ExportSubjectPublicKeyInfo()),
            Agreement = "agreement-3",
        };
        request.Signature = ByteString.CopyFrom(
            _key.SignData(EnrolmentProof.MessageOf(request), HashAlgorithmName.SHA256)
        );
        return request;
    }
}
