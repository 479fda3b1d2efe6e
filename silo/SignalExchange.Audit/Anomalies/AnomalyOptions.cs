using System.ComponentModel.DataAnnotations;

namespace SignalExchange.Audit.Anomalies;

/// <summary>From where on the rules raise an alarm. Another value tells of entries read from then on.</summary>
public sealed class AnomalyOptions : IValidatableObject
{
    /// <summary>Gets or sets over how long enumeration is looked for.</summary>
    /// <value>From 1 minute to 1 day. The default is 1 hour.</value>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan EnumerationWindow { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Gets or sets how many checked tokens in the window make enumeration.</summary>
    /// <value>From 1 to 1,000,000,000. The default is 100,000.</value>
    [Range(1, 1_000_000_000)]
    public int EnumerationMinAsked { get; set; } = 100_000;

    /// <summary>Gets or sets how many hits in a million make it something else: real accounts are hit about 1,000 times in a million.</summary>
    /// <value>From 0 to 100,000. The default is 10.</value>
    [Range(0, 100_000)]
    public int EnumerationMaxHitsPerMillion { get; set; } = 10;

    /// <summary>Gets or sets how many weeks of the same hour a member's volume is compared with.</summary>
    /// <value>From 4 to 26. The default is 8.</value>
    [Range(4, 26)]
    public int VolumeWeeks { get; set; } = 8;

    /// <summary>Gets or sets below how many things in an hour volume is never remarkable.</summary>
    /// <value>From 1 to 1,000,000,000. The default is 1,000.</value>
    [Range(1, 1_000_000_000)]
    public int VolumeMinAsked { get; set; } = 1000;

    /// <summary>Gets or sets the modified z-score, in hundredths, from which on volume is remarkable.</summary>
    /// <value>From 100 to 10,000. The default is 600: a score of 6.</value>
    [Range(100, 10_000)]
    public int VolumeScoreHundredths { get; set; } = 600;

    /// <summary>Gets or sets when the working day of administrators begins, on Monday to Friday.</summary>
    /// <value>From midnight to 23:59. The default is 7:00.</value>
    [Range(typeof(TimeSpan), "00:00:00", "23:59:00")]
    public TimeSpan WorkdayStart { get; set; } = TimeSpan.FromHours(7);

    /// <summary>Gets or sets when the working day ends.</summary>
    /// <value>After its start, up to 24:00. The default is 20:00.</value>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan WorkdayEnd { get; set; } = TimeSpan.FromHours(20);

    /// <summary>Gets or sets the time zone of the working day.</summary>
    /// <value>An IANA name that the system knows. The default is "UTC".</value>
    [Required]
    public string WorkdayTimeZone { get; set; } = "UTC";

    /// <summary>Gets or sets how many reads of details without a case, by one operator or auditor in an hour, raise an alarm.</summary>
    /// <value>From 1 to 100. The default is 1.</value>
    [Range(1, 100)]
    public int CaseMissingReads { get; set; } = 1;

    /// <summary>Gets or sets within how long two places of one key are too many.</summary>
    /// <value>From 1 second to 1 hour. The default is 5 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan TwoPlacesWindow { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets or sets over how long refusals are counted.</summary>
    /// <value>From 1 minute to 1 day. The default is 5 minutes.</value>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan RefusalWindow { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets or sets how many refused calls in the window are a burst.</summary>
    /// <value>From 1 to 1,000,000. The default is 100.</value>
    [Range(1, 1_000_000)]
    public int RefusalMinCalls { get; set; } = 100;

    /// <summary>Gets or sets what percentage of the calls in the window a burst is at least.</summary>
    /// <value>From 0 to 100. The default is 20.</value>
    [Range(0, 100)]
    public int RefusalMinPercent { get; set; } = 20;

    /// <summary>Gets or sets over how long one person's look-ups of one indicator are counted, within a month.</summary>
    /// <value>From 1 hour to 31 days. The default is 31 days.</value>
    [Range(typeof(TimeSpan), "01:00:00", "31.00:00:00")]
    public TimeSpan RepeatedLookupWindow { get; set; } = TimeSpan.FromDays(31);

    /// <summary>Gets or sets how many such look-ups raise an alarm.</summary>
    /// <value>From 2 to 100. The default is 5.</value>
    [Range(2, 100)]
    public int RepeatedLookups { get; set; } = 5;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (WorkdayEnd <= WorkdayStart)
        {
            yield return new("WorkdayEnd must be after WorkdayStart.", [nameof(WorkdayEnd)]);
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(WorkdayTimeZone, out _))
        {
            yield return new(
                "WorkdayTimeZone must be an IANA time zone that this system knows.",
                [nameof(WorkdayTimeZone)]
            );
        }
    }
}
