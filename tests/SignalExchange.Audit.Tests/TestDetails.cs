using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Tests;

/// <summary>Makes details.</summary>
internal static class TestDetails
{
    /// <summary>A Monday at noon.</summary>
    public static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    public static AccessLogDetail Check(
        string member = "gold-dating",
        uint asked = 10,
        uint hits = 0,
        Action<AccessLogDetail>? change = null
    )
    {
        var detail = new AccessLogDetail
        {
            Salt = Bytes("salt", 16),
            Actor = new()
            {
                Kind = ActorKind.Backend,
                MemberId = member,
                KeyThumbprint = Key(member),
                Role = KeyRole.MemberBackend,
                Source = SourceClass.Public,
                SourcePseudonym = Bytes(member, 16),
            },
            Method = AuditMethods.Check,
            Purpose = CheckPurpose.Registration,
            RequestId = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(16)),
            Asked = asked,
            Hits = hits,
        };
        change?.Invoke(detail);
        return detail;
    }

    public static AccessLogDetail By(KeyRole role, string method, Action<AccessLogDetail>? change = null) =>
        Check(
            "consortium",
            0,
            0,
            detail =>
            {
                detail.Actor.Kind = ActorKind.Person;
                detail.Actor.Role = role;
                detail.Method = method;
                detail.Purpose = CheckPurpose.Unspecified;
                change?.Invoke(detail);
            }
        );

    public static AccessLogDetail Act(string method, LoggedAct act) =>
        By(KeyRole.Auditor, method, detail => detail.Changes.Add(act.Changes));

    public static string Key(string name) =>
        System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(name)));

    public static ByteString Bytes(string name, int length) =>
        ByteString.CopyFrom(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, length));
}
