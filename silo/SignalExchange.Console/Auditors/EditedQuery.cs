using System.Globalization;
using SignalExchange.WebConsole.Elements;

namespace SignalExchange.WebConsole.Auditors;

/// <summary>A search while it is being written: times are the reader's here, and UTC in the address.</summary>
internal sealed class EditedQuery
{
    private const string FieldForm = "yyyy-MM-dd'T'HH:mm";

    public string Member { get; set; } = "";

    public string Role { get; set; } = "";

    public string Method { get; set; } = "";

    public string Purpose { get; set; } = "";

    public string From { get; set; } = "";

    public string Until { get; set; } = "";

    public string Outcome { get; set; } = "";

    public string Reason { get; set; } = "";

    public string Key { get; set; } = "";

    public string Request { get; set; } = "";

    public string Pseudonym { get; set; } = "";

    public string Rule { get; set; } = "";

    public string Review { get; set; } = "";

    /// <summary>Gets whether a field is set that is shown only on demand.</summary>
    public bool HasRareFields => (Role + Reason + Key + Request + Pseudonym + Rule + Review).Length > 0;

    /// <summary>Begins with a search.</summary>
    public static EditedQuery Of(LogQuery query, ReaderClock clock) =>
        new()
        {
            Member = query.Member,
            Role = query.Role,
            Method = query.Method,
            Purpose = query.Purpose,
            From = Shown(query.From, clock),
            Until = Shown(query.Until, clock),
            Outcome = query.Outcome,
            Reason = query.Reason,
            Key = query.Key,
            Request = query.Request,
            Pseudonym = query.Pseudonym,
            Rule = query.Rule,
            Review = query.Review,
        };

    /// <summary>Returns the search.</summary>
    public LogQuery ToQuery(string order, ReaderClock clock) =>
        new()
        {
            Member = Member.Trim(),
            Role = Role,
            Method = Method.Trim(),
            Purpose = Purpose,
            From = Meant(From, clock),
            Until = Meant(Until, clock),
            Outcome = Outcome,
            Reason = Reason,
            Key = Key.Trim(),
            Request = Request.Trim(),
            Pseudonym = Pseudonym.Trim(),
            Rule = Rule,
            Review = Review,
            Order = order,
        };

    private static string Shown(string utc, ReaderClock clock) =>
        DateTimeOffset.TryParse(utc, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? TimeZoneInfo.ConvertTime(time, clock.Zone).ToString(FieldForm, CultureInfo.InvariantCulture)
            : utc;

    private static string Meant(string local, ReaderClock clock) =>
        DateTime.TryParse(local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
        && !clock.Zone.IsInvalidTime(DateTime.SpecifyKind(time, DateTimeKind.Unspecified))
            ? TimeZoneInfo
                .ConvertTimeToUtc(DateTime.SpecifyKind(time, DateTimeKind.Unspecified), clock.Zone)
                .ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture)
            : local;
}
