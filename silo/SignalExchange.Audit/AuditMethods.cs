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

    /// <summary>Compares ads with the templates.</summary>
    public const string MatchAds = "/signalexchange.v1.TemplateService/MatchAds";

    /// <summary>Compares ads on a stream.</summary>
    public const string MatchAdsStream = "/signalexchange.v1.TemplateService/MatchAdsStream";

    /// <summary>Reads templates with their statements.</summary>
    public const string GetTemplates = "/signalexchange.v1.TemplateService/GetTemplates";

    /// <summary>Finds entries, by an indicator for instance.</summary>
    public const string SearchEntries = "/signalexchange.v1.AuditService/SearchEntries";

    /// <summary>Tells who looked an indicator up.</summary>
    public const string ReportLookups = "/signalexchange.v1.AuditService/ReportLookups";

    /// <summary>Reads an entry with its detail.</summary>
    public const string GetEntry = "/signalexchange.v1.AuditService/GetEntry";

    /// <summary>Judges entries.</summary>
    public const string ReviewEntries = "/signalexchange.v1.AuditService/ReviewEntries";

    /// <summary>Closes an alarm.</summary>
    public const string AcknowledgeAlarm = "/signalexchange.v1.AuditService/AcknowledgeAlarm";

    /// <summary>Writes entries to a file.</summary>
    public const string ExportEntries = "/signalexchange.v1.AuditService/ExportEntries";
}
