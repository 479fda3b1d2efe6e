using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Anomalies;

/// <summary>The ids of alarms.</summary>
internal static class AlarmId
{
    /// <summary>Returns the id: the first 16 bytes of SHA-256 of a label, the rule, the entry that raised it and the subject.</summary>
    public static ByteString Of(AnomalyRule rule, string subject, long index)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> numbers = stackalloc byte[sizeof(int) + sizeof(long)];
        BinaryPrimitives.WriteInt32BigEndian(numbers, (int)rule);
        BinaryPrimitives.WriteInt64BigEndian(numbers[sizeof(int)..], index);
        hash.AppendData("signalexchange alarm 1\0"u8);
        hash.AppendData(numbers);
        hash.AppendData(Encoding.UTF8.GetBytes(subject));
        return ByteString.CopyFrom(hash.GetHashAndReset().AsSpan(0, SignalId.Size));
    }
}
