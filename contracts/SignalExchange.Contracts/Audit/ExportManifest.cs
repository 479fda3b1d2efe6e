using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace SignalExchange.Contracts.Audit;

/// <summary>What vouches for an export: which entries of which log it holds, and the file's digest.</summary>
/// <remarks>Travels as the payload of a <see cref="DsseEnvelope"/>, in JSON with the names below in snake case.</remarks>
public sealed record ExportManifest
{
    /// <summary>The payload type of the envelope.</summary>
    public const string PayloadType = "application/vnd.signalexchange.export-manifest.v1+json";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
    };

    /// <summary>Gets the log's origin.</summary>
    public required string Origin { get; init; }

    /// <summary>Gets how many entries of the log were looked at: those from 0 up to here, all of which the checkpoint speaks of.</summary>
    public required long Size { get; init; }

    /// <summary>Gets the filter in protobuf's JSON form; an empty object for every entry.</summary>
    public required JsonObject Filter { get; init; }

    /// <summary>Gets the file's format, as the contract names it.</summary>
    public required string Format { get; init; }

    /// <summary>Gets how many entries the file holds.</summary>
    public required long Entries { get; init; }

    /// <summary>Gets the place of the first one; null when there is none.</summary>
    public required long? FirstIndex { get; init; }

    /// <summary>Gets the place of the last one; null when there is none.</summary>
    public required long? LastIndex { get; init; }

    /// <summary>Gets the file's length in bytes.</summary>
    public required long FileBytes { get; init; }

    /// <summary>Gets the SHA-256 digest of the file, in lower-case hexadecimal.</summary>
    public required string FileSha256 { get; init; }

    /// <summary>Gets the newest published checkpoint when the export began, a signed note; empty when there was none.</summary>
    public required string Checkpoint { get; init; }

    /// <summary>Gets when the export ended.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Returns the payload's bytes.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <summary>Gets whether every entry that was looked at is one that the checkpoint speaks of.</summary>
    [JsonIgnore]
    public bool IsCovered => Size <= (SizeOf(Checkpoint) ?? 0);

    /// <summary>Reads how many entries a checkpoint speaks of: its second line (C2SP tlog-checkpoint). Its signatures are not verified.</summary>
    /// <param name="checkpoint">A signed note.</param>
    /// <returns>The size; null when it is no checkpoint.</returns>
    public static long? SizeOf(string checkpoint) =>
        checkpoint.Split('\n') is [_, var size, ..]
        && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>Reads a payload; null when it is none.</summary>
    public static ExportManifest? TryParse(ReadOnlySpan<byte> payload)
    {
        try
        {
            return JsonSerializer.Deserialize<ExportManifest>(payload, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
