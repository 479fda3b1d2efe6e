using System.Globalization;
using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Cli.Output;

/// <summary>VOPRF keys and their rotations as rows.</summary>
internal static class KeyRows
{
    public static JsonObject Of(KeyManifest key) =>
        new()
        {
            ["key"] = key.KeyId,
            ["state"] = key.State.ToString(),
            ["since"] = Time(key.StateSince),
            ["not_before"] = Time(key.NotBefore),
            ["not_after"] = Time(key.NotAfter),
            ["checks_until"] = Time(key.ChecksUntil),
            ["follows"] = key.PrevKeyId.Length > 0 ? key.PrevKeyId : null,
            ["public_key"] = Convert.ToHexStringLower(key.PublicKey.Span),
            ["rotation_root"] = Root(key.RotationRoot),
        };

    public static JsonObject Of(KeyRotation rotation) =>
        new()
        {
            ["rotation_to"] = rotation.ToKeyId,
            ["rotation_from"] = rotation.FromKeyId.Length > 0 ? rotation.FromKeyId : null,
            ["phase"] = rotation.Phase.ToString(),
            ["emergency"] = rotation.Emergency,
            ["rows"] = rotation.Rows,
            ["batches"] = rotation.Batches,
            ["root"] = Root(rotation.Root),
            ["ordered_at"] = Time(rotation.OrderedAt),
        };

    private static string? Root(Google.Protobuf.ByteString root) =>
        root.IsEmpty ? null : Convert.ToHexStringLower(root.Span);

    private static string? Time(Timestamp? time) =>
        time?.ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
