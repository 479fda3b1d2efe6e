using CsCheck;
using Google.Protobuf;
using SignalExchange.AccessLog.Reading;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Tests;

/// <summary>Random logs and filters over few values, so that they meet.</summary>
internal static class RandomEntries
{
    private static readonly Gen<AccessLogDetail> GenDetail =
        from member in Gen.Int[0, 3]
        from role in Gen.Int[1, 5]
        from method in Gen.OneOf(AuditMethods.Check, AuditMethods.Get, AuditMethods.GetEntry)
        from purpose in Gen.Int[0, 7]
        from reason in Gen.OneOf(
            ErrorReason.Unspecified,
            ErrorReason.Unspecified,
            ErrorReason.TooMany,
            ErrorReason.RoleNotAllowed
        )
        from request in Gen.Int[0, 20]
        from pseudonyms in Gen.Int[0, 9].Array[0, 3]
        from asked in Gen.UInt[0, 100]
        select new AccessLogDetail
        {
            Salt = TestDetails.Bytes("salt", 16),
            Actor = new()
            {
                Kind = ActorKind.Backend,
                MemberId = member == 0 ? "" : $"member-{member}",
                KeyThumbprint = member == 0 ? "" : TestDetails.Key($"{member}/{role % 2}"),
                Role = (KeyRole)role,
            },
            Method = method,
            Purpose = (CheckPurpose)purpose,
            RequestId = TestDetails.Bytes($"request {request}", 16),
            StatusCode = reason == ErrorReason.Unspecified ? 0 : 3 + (uint)reason % 5,
            Reason = reason,
            Asked = asked,
            Hits = asked / 3,
            Refused = asked / 5,
            Pseudonyms = ByteString.CopyFrom([.. pseudonyms.SelectMany(it => Pseudonym(it))]),
        };

    /// <summary>Entries: the milliseconds since the one before, retention, detail.</summary>
    public static readonly Gen<(
        int Wait,
        LogRetention Retention,
        AccessLogDetail Detail,
        DetailState State
    )[]> GenEntries = Gen.Select(
        Gen.Int[0, 3],
        Gen.OneOf(LogRetention.Traffic, LogRetention.Traffic, LogRetention.Administration),
        GenDetail,
        Gen.Frequency((9, Gen.Const(DetailState.Open)), (1, Gen.Const(DetailState.Damaged)))
    ).Array[0, 120];

    public static readonly Gen<EntryFilter> GenFilter =
        from fields in Gen.Int[0, (1 << 13) - 1]
        from mask in Gen.Int[0, (1 << 13) - 1]
        from mask2 in Gen.Int[0, (1 << 13) - 1]
        from detail in GenDetail
        from times in Gen.Int[0, 200].Array[2]
        from number in Gen.Int[0, 9]
        select Filter(fields & mask & mask2, detail, times, number);

    public static byte[] Pseudonym(int number) => TestDetails.Bytes($"pseudonym {number}", 16).ToByteArray();

    public static TestLog LogOf(
        IEnumerable<(int Wait, LogRetention Retention, AccessLogDetail Detail, DetailState State)> entries
    )
    {
        var log = new TestLog();
        var time = TestDetails.Noon;
        foreach (var entry in entries)
        {
            time += TimeSpan.FromMilliseconds(entry.Wait);
            log.Add(time, entry.Detail, entry.Retention, entry.State);
        }

        return log;
    }

    private static EntryFilter Filter(int fields, AccessLogDetail like, int[] times, int number)
    {
        var filter = new EntryFilter();
        Set(0, () => filter.MemberId = like.Actor.MemberId);
        Set(1, () => filter.Role = like.Actor.Role);
        Set(2, () => filter.Method = like.Method);
        Set(3, () => filter.Purpose = like.Purpose);
        Set(4, () => filter.From = TimeOf(Math.Min(times[0], times[1])));
        Set(5, () => filter.Until = TimeOf(Math.Max(times[0], times[1]) + 1));
        Set(6, () => filter.Outcome = like.StatusCode == 0 ? EntryOutcome.Answered : EntryOutcome.Refused);
        Set(7, () => filter.StatusCode = like.StatusCode);
        Set(8, () => filter.Reason = like.Reason);
        Set(9, () => filter.Pseudonyms = ByteString.CopyFrom([.. Pseudonym(number), .. Pseudonym(number / 2)]));
        Set(10, () => filter.RequestId = like.RequestId);
        Set(11, () => filter.KeyThumbprint = like.Actor.KeyThumbprint);
        Set(12, () => filter.Review = number % 2 == 0 ? ReviewState.Open : ReviewState.Reviewed);
        return filter;

        void Set(int field, Action set)
        {
            if ((fields >> field & 1) != 0)
            {
                set();
            }
        }
    }

    private static Google.Protobuf.WellKnownTypes.Timestamp TimeOf(int milliseconds) =>
        Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(TestDetails.Noon.AddMilliseconds(milliseconds));
}
