using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SignalExchange.Audit.Anomalies;
using SignalExchange.Audit.Export;
using SignalExchange.Audit.Search;

namespace SignalExchange.Audit.Tests;

/// <summary>Thresholds outside their range are refused before anything starts.</summary>
public sealed class AuditOptionsTests
{
    public static TheoryData<string, Action<AnomalyOptions>> WrongThresholds =>
        new()
        {
            { "EnumerationWindow", it => it.EnumerationWindow = TimeSpan.FromSeconds(59) },
            { "EnumerationMinAsked", it => it.EnumerationMinAsked = 0 },
            { "EnumerationMaxHitsPerMillion", it => it.EnumerationMaxHitsPerMillion = 100_001 },
            { "VolumeWeeks", it => it.VolumeWeeks = 3 },
            { "VolumeMinAsked", it => it.VolumeMinAsked = 0 },
            { "VolumeScoreHundredths", it => it.VolumeScoreHundredths = 99 },
            { "WorkdayEnd", it => it.WorkdayEnd = it.WorkdayStart },
            { "WorkdayTimeZone", it => it.WorkdayTimeZone = "Mars/Olympus" },
            { "CaseMissingReads", it => it.CaseMissingReads = 101 },
            { "TwoPlacesWindow", it => it.TwoPlacesWindow = TimeSpan.Zero },
            { "RefusalMinCalls", it => it.RefusalMinCalls = 0 },
            { "RefusalMinPercent", it => it.RefusalMinPercent = 101 },
            { "RepeatedLookups", it => it.RepeatedLookups = 1 },
        };

    [Theory]
    [MemberData(nameof(WrongThresholds))]
    public void A_threshold_outside_its_range_is_refused_by_name(string name, Action<AnomalyOptions> change)
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Read(change));
        Assert.Contains(name, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_defaults_are_right()
    {
        Assert.NotNull(Read<AnomalyOptions>(_ => { }));
        Assert.NotNull(Read<SearchOptions>(_ => { }));
        Assert.NotNull(Read<ExportOptions>(_ => { }));
    }

    [Fact]
    public void A_batch_is_bounded() =>
        Assert.Throws<OptionsValidationException>(() => Read<SearchOptions>(it => it.MaxBatchEntries = 65_537));

    private static T Read<T>(Action<T> change)
        where T : class
    {
        using var services = new ServiceCollection().AddAudit().Configure(change).BuildServiceProvider();
        return services.GetRequiredService<IOptions<T>>().Value;
    }
}
