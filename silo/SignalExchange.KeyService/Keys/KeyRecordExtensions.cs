using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using SignalExchange.Contracts.V1;

namespace SignalExchange.KeyService.Keys;

/// <summary>How a record is shown.</summary>
internal static class KeyRecordExtensions
{
    /// <summary>Returns what is said of a key in public at an instant.</summary>
    internal static KeyManifest ToManifest(this KeyRecord record, DateTimeOffset now) =>
        new()
        {
            KeyId = record.ToString(),
            Type = record.KeyId.Type,
            Epoch = record.KeyId.Epoch,
            PublicKey = ByteString.CopyFrom(record.Commitment.PublicKey.Span),
            CanonicalVersion = record.CanonicalVersion,
            NotBefore = record.Term.NotBefore?.ToTimestamp(),
            NotAfter = record.Term.NotAfter?.ToTimestamp(),
            State = record.Term.StateAt(now),
            PrevKeyId = record.Term.Previous?.ToString() ?? "",
            RotationRoot = ByteString.CopyFrom(record.Term.RotationRoot.Span),
            StateSince = record.Term.Since.ToTimestamp(),
            ChecksUntil = record.Term.ChecksUntil?.ToTimestamp(),
        };
}
