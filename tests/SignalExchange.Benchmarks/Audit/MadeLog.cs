using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Google.Protobuf;
using SignalExchange.AccessLog.Entries;
using SignalExchange.AccessLog.Reading;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Benchmarks.Audit;

/// <summary>A log whose entries are made as they are read, always the same: two months of 40 members and their keys.</summary>
/// <remarks>
/// Member 0 makes half of the entries, member 39 one in 4,096. Purposes are uneven, one call in 64 is refused, one in 16 has a hit, and so
/// a pseudonym; pseudonym 0 stands in one hit of 1,024. Salted by the place, so that nothing repeats in a pattern.
/// </remarks>
internal sealed class MadeLog(long size) : IAccessLogReader
{
    public const string CommonMember = "member-0";
    public const string RareMember = "member-39";
    private static readonly DateTimeOffset First = new(2026, 9, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Span = TimeSpan.FromDays(60);
    private static readonly string[] Keys = [.. Enumerable.Range(0, 80).Select(it => Thumbprint(it))];

    public string Origin => "bench.example/log/silo-1";

    public long Size => size;

    public static string CommonKey => Keys[0];

    /// <summary>Returns the time of a share of the log.</summary>
    public static DateTimeOffset TimeOf(double share) => First + Span * share;

    public static ByteString RequestId(long index) => Bytes(index, 1);

    public static ByteString Pseudonym(long number) => Bytes(number, 2);

    public async IAsyncEnumerable<LoggedEntry> ReadAsync(
        long first,
        long count,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await Task.CompletedTask;
        for (var index = first; index < Math.Min(first + count, size); index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return Make(index);
        }
    }

    private LoggedEntry Make(long index)
    {
        var random = BinaryPrimitives.ReadUInt64LittleEndian(Bytes(index, 0).Span);
        var time = DateTimeOffset.FromUnixTimeMilliseconds(TimeOf((double)index / size).ToUnixTimeMilliseconds());
        var entry = new AccessLogEntry
        {
            Version = 1,
            Time = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(time),
            Retention = LogRetention.Traffic,
            Period = (uint)LogPeriod.Of(time).Number,
        };
        return new(index, entry, Detail(index, random), DetailState.Open);
    }

    private static AccessLogDetail Detail(long index, ulong random)
    {
        var member = Member(random & 0xfff);
        var isRefused = (random >> 12 & 63) == 0;
        var isHit = !isRefused && (random >> 18 & 15) == 0;
        return new()
        {
            Actor = new()
            {
                Kind = ActorKind.Backend,
                MemberId = $"member-{member}",
                KeyThumbprint = Keys[2 * member + (int)(random >> 22 & 1)],
                Role = member == 39 ? KeyRole.MemberAdministrator : KeyRole.MemberBackend,
            },
            Method = (random >> 23 & 7) == 0 ? Methods.Get : Methods.Check,
            Purpose = (CheckPurpose)Math.Max(1, 7 - (int)ulong.Log2((random >> 26 & 0x7f) + 1)),
            RequestId = RequestId(index),
            StatusCode = isRefused ? 3u : 0,
            Reason = isRefused ? ErrorReason.TooMany : ErrorReason.Unspecified,
            Asked = 1000,
            Hits = isHit ? 1u : 0,
            Pseudonyms = isHit ? Pseudonym((random >> 33 & 1023) == 0 ? 0 : (long)(random >> 44)) : ByteString.Empty,
        };
    }

    // Half for the first, one place of 4,096 for the last, the rest for those between.
    private static int Member(ulong random) =>
        random switch
        {
            < 2048 => 0,
            0xfff => 39,
            _ => 1 + (int)(random % 38),
        };

    private static string Thumbprint(int number) =>
        System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(BitConverter.GetBytes(number)));

    private static ByteString Bytes(long number, int kind)
    {
        Span<byte> source = stackalloc byte[sizeof(long) + sizeof(int)];
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        BinaryPrimitives.WriteInt64BigEndian(source, number);
        BinaryPrimitives.WriteInt32BigEndian(source[sizeof(long)..], kind);
        SHA256.HashData(source, digest);
        return ByteString.CopyFrom(digest[..16]);
    }

    private static class Methods
    {
        public const string Check = SignalExchange.Audit.AuditMethods.Check;
        public const string Get = SignalExchange.Audit.AuditMethods.Get;
    }
}
