using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace SignalExchange.TransparencyLog.Notes;

/// <summary>What a witness signs with Ed25519 (C2SP tlog-cosignature, "Ed25519 signed message").</summary>
internal static class CosignedMessage
{
    private const int SignatureSize = 64;

    /// <summary>Returns the message: a line that separates domains, the time, and the checkpoint.</summary>
    public static byte[] Make(DateTimeOffset time, ReadOnlySpan<byte> text)
    {
        var seconds = time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return [.. Encoding.UTF8.GetBytes($"cosignature/v1\ntime {seconds}\n"), .. text];
    }

    /// <summary>Returns the signature's bytes: the time as a big-endian uint64, then the Ed25519 signature.</summary>
    public static byte[] Pack(DateTimeOffset time, ReadOnlySpan<byte> signature)
    {
        var packed = new byte[sizeof(long) + SignatureSize];
        BinaryPrimitives.WriteInt64BigEndian(packed, time.ToUnixTimeSeconds());
        signature.CopyTo(packed.AsSpan(sizeof(long)));
        return packed;
    }

    /// <summary>Reads the time of a signature.</summary>
    /// <returns>False if it has another length, or a time before 1970 or after 9999, or none: a witness never omits it.</returns>
    public static bool TryReadTime(ReadOnlySpan<byte> packed, out DateTimeOffset time)
    {
        time = default;
        if (packed.Length != sizeof(long) + SignatureSize)
        {
            return false;
        }

        var seconds = BinaryPrimitives.ReadInt64BigEndian(packed);
        var isTime = seconds > 0 && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds();
        time = isTime ? DateTimeOffset.FromUnixTimeSeconds(seconds) : default;
        return isTime;
    }
}
