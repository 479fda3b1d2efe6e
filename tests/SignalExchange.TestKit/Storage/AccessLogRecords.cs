using System.Security.Cryptography;
using System.Text;
using SignalExchange.Storage.AccessLog;

namespace SignalExchange.TestKit.Storage;

/// <summary>Makes records that tell which they are.</summary>
public static class AccessLogRecords
{
    public static AccessLogRecord Of(long index) =>
        new(Encoding.UTF8.GetBytes($"entry {index}"), SHA256.HashData(BitConverter.GetBytes(index)));

    public static IReadOnlyList<AccessLogRecord> From(long first, int count) =>
        [.. Enumerable.Range(0, count).Select(i => Of(first + i))];
}
