using System.Buffers.Text;
using System.Security.Cryptography;
using Google.Protobuf;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Members;
using SignalExchange.Grains.People;
using SignalExchange.Grains.StoredV1;
using static SignalExchange.Grains.Tests.Members.Acts;

namespace SignalExchange.Grains.Tests.People;

/// <summary>Acts on accounts, in few words.</summary>
internal static class PersonActs
{
    public static ByteString Random(int size) => ByteString.CopyFrom(RandomNumberGenerator.GetBytes(size));

    public static string NewAccount() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static RegistryAct Invitation(
        string login,
        KeyRole role = KeyRole.Operator,
        string member = "consortium",
        string key = ""
    ) =>
        new()
        {
            InvitePerson = new()
            {
                Request = new()
                {
                    Login = login,
                    Role = role,
                    MemberId = member,
                    KeyThumbprint = key,
                },
                AccountId = NewAccount(),
                CodeDigest = Random(32),
            },
        };

    /// <summary>Invites and enrols, as if everybody needed had agreed.</summary>
    public static RegistryState WithPerson(RegistryState state, RegistryAct invitation)
    {
        var invited = RegistryActs.Apply(state, invitation, Now).Next!;
        return Redeem(invited, invitation).Next!;
    }

    public static RegistryStep Redeem(RegistryState state, RegistryAct invitation, DateTimeOffset? at = null) =>
        RedeemBy(state, invitation, invitation.InvitePerson.CodeDigest, at);

    public static RegistryStep RedeemBy(
        RegistryState state,
        RegistryAct invitation,
        ByteString codeDigest,
        DateTimeOffset? at = null
    ) => PersonCodes.Redeem(state, invitation.InvitePerson.AccountId, codeDigest, Random(16), at ?? Now);
}
