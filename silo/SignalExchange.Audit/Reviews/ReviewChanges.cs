using System.Globalization;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Reviews;

/// <summary>A review as changes in its own entry: from there, and only from there, the search index learns of it.</summary>
internal static class ReviewChanges
{
    private const int MaxValueLength = 128; // FIELD_FORMAT_SETTING

    /// <summary>Returns what the entry must say.</summary>
    /// <param name="ascending">The entries that were judged, ascending, each once.</param>
    /// <param name="disposition">What was found.</param>
    public static List<LogChange> Write(IReadOnlyList<ulong> ascending, ReviewDisposition disposition) =>
        [
            Change(AuditSettings.ReviewDisposition, Number(disposition)),
            .. IndexRanges.Write(ascending, MaxValueLength).Select(it => Change(AuditSettings.ReviewEntries, it)),
        ];

    /// <summary>Returns what the entry of a closed alarm must say.</summary>
    public static List<LogChange> Write(ReadOnlySpan<byte> alarmId, ReviewDisposition disposition) =>
        [
            Change(AuditSettings.AlarmDisposition, Number(disposition)),
            Change(AuditSettings.AlarmId, Convert.ToHexStringLower(alarmId)),
        ];

    /// <summary>Reads a review; null when the entry states none.</summary>
    public static (ReviewDisposition Disposition, List<ulong> Indexes)? ReadReview(AccessLogDetail detail)
    {
        var indexes = new List<ulong>();
        var isWhole = detail
            .Changes.Where(it => it.Setting == AuditSettings.ReviewEntries)
            .All(it => IndexRanges.TryRead(it.NewValue, Limits.MaxReviewedEntries, indexes));
        return isWhole && indexes.Count > 0 && Disposition(detail, AuditSettings.ReviewDisposition) is { } disposition
            ? (disposition, indexes)
            : null;
    }

    /// <summary>Reads which alarm was closed; null when the entry states none.</summary>
    public static (ReviewDisposition Disposition, byte[] AlarmId)? ReadAcknowledgement(AccessLogDetail detail) =>
        Find(detail, AuditSettings.AlarmId) is { Length: 2 * SignalId.Size } id
        && id.All(char.IsAsciiHexDigit)
        && Disposition(detail, AuditSettings.AlarmDisposition) is { } disposition
            ? (disposition, Convert.FromHexString(id))
            : null;

    private static ReviewDisposition? Disposition(AccessLogDetail detail, string setting) =>
        int.TryParse(Find(detail, setting), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && Enum.IsDefined((ReviewDisposition)number)
        && number != 0
            ? (ReviewDisposition)number
            : null;

    private static string? Find(AccessLogDetail detail, string setting) =>
        detail.Changes.FirstOrDefault(it => it.Setting == setting)?.NewValue;

    private static LogChange Change(string setting, string value) => new() { Setting = setting, NewValue = value };

    private static string Number(ReviewDisposition disposition) =>
        ((int)disposition).ToString(CultureInfo.InvariantCulture);
}
