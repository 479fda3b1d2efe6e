using System.Security.Cryptography;
using Google.Protobuf;
using SignalExchange.Contracts.V1;
using SignalExchange.TransparencyLog.Verification;

namespace SignalExchange.Cli.Logs;

/// <summary>Compares a sealed detail with the digest that its entry holds; no key is needed.</summary>
internal sealed class SealedDigestCheck : IEntryCheck
{
    /// <inheritdoc/>
    public bool Fits(long index, ReadOnlySpan<byte> entry, ReadOnlySpan<byte> sealedDetail) =>
        TryRead(entry, out var read) && read!.SealedDigest.Span.SequenceEqual(SHA256.HashData(sealedDetail));

    /// <summary>Reads an entry of the access log.</summary>
    /// <returns>Whether it is one: other logs hold other entries.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out AccessLogEntry? entry)
    {
        try
        {
            entry = AccessLogEntry.Parser.ParseFrom(bytes);
            return entry.Version == 1;
        }
        catch (InvalidProtocolBufferException)
        {
            entry = null;
            return false;
        }
    }
}
