namespace SignalExchange.Audit;

/// <summary>The settings that auditors' acts state as changes in their entries.</summary>
public static class AuditSettings
{
    /// <summary>Who approved an export: the key of a second person; empty when nobody did.</summary>
    public const string ExportApprovedBy = "export.approved_by";

    /// <summary>What a review found: the number of the disposition.</summary>
    public const string ReviewDisposition = "review.disposition";

    /// <summary>What a review judged, for example "12-15,19".</summary>
    public const string ReviewEntries = "review.entries";

    /// <summary>Which alarm was closed, in hexadecimal.</summary>
    public const string AlarmId = "alarm.id";

    /// <summary>What was found: the number of the disposition.</summary>
    public const string AlarmDisposition = "alarm.disposition";
}
