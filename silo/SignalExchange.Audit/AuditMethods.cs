namespace SignalExchange.Audit;

/// <summary>The names of methods as entries state them, as far as rules and reviews look at them.</summary>
public static class AuditMethods
{
    /// <summary>A check of one batch.</summary>
    public const string Check = "/signalexchange.v1.SignalService/Check";

    /// <summary>Checks on a stream.</summary>
    public const string CheckStream = "/signalexchange.v1.SignalService/CheckStream";

    /// <summary>Reads signals with their statements.</summary>
    public const string Get = "/signalexchange.v1.SignalService/Get";

    /// <summary>Reads an entry with its detail.</summary>
    public const string GetEntry = "/signalexchange.v1.AuditService/GetEntry";

    /// <summary>Judges entries.</summary>
    public const string ReviewEntries = "/signalexchange.v1.AuditService/ReviewEntries";

    /// <summary>Closes an alarm.</summary>
    public const string AcknowledgeAlarm = "/signalexchange.v1.AuditService/AcknowledgeAlarm";

    /// <summary>Writes entries to a file.</summary>
    public const string ExportEntries = "/signalexchange.v1.AuditService/ExportEntries";
}
