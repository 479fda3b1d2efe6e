using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Options;
using SignalExchange.Audit.Anomalies;
using SignalExchange.Grains.People;
using SignalExchange.Grains.Quotas;
using SignalExchange.Grains.Templates;
using SignalExchange.Index.Templates;
using SignalExchange.Silo.Hosting;
using SignalExchange.Silo.Load;
using SignalExchange.Silo.Quotas;
using SignalExchange.Silo.SignIn;
using SignalExchange.Silo.Telemetry;
using SignalExchange.Storage.Postgres;

namespace SignalExchange.Silo.Tests.Hosting;

/// <summary>Every limit stands in the table of settings with its default, and out of its range it stops the start.</summary>
public sealed class SettingsTests
{
    public static TheoryData<string, string> Documented =>
        new(
            Of<QuotaOptions>("Quotas")
                .Concat(Of<BurstOptions>("Quotas:Burst"))
                .Concat(Of<TemplateOptions>("Templates"))
                .Concat(Of<GrowthOptions>("Templates:Growth"))
                .Concat(Of<LoadOptions>("Load"))
                .Concat(Of<ConnectionOptions>("Connections"))
                .Concat(Of<SiloIdentityOptions>("Cluster"))
                .Concat(Of<PostgresStorageOptions>("Storage:Postgres"))
                .Where(it => it.Setting != "Exchange:Storage:Postgres:ShardCount") // It is Exchange:ShardCount for every engine.
                .Concat(Of<TelemetryOptions>("Telemetry"))
                .Concat(Of<SignInOptions>("SignIn"))
                .Concat(Of<PersonOptions>("SignIn:Sessions"))
                .Concat(Of<AnomalyOptions>("Audit:Anomalies"))
        );

    [Theory]
    [MemberData(nameof(Documented))]
    public void A_setting_stands_in_the_table_with_its_default(string setting, string value) =>
        Assert.Contains(
            File.ReadLines(Path.Combine(AppContext.BaseDirectory, "silo-README.md")),
            line => line.StartsWith($"| `{setting}` | `{value}` |", StringComparison.Ordinal)
        );

    [Theory]
    [InlineData("Exchange:Quotas:EvaluationsPerDay", "1000001")]
    [InlineData("Exchange:Quotas:TokensPerDay", "-1")]
    [InlineData("Exchange:Quotas:SubmissionsPerDay", "100000001")]
    [InlineData("Exchange:Quotas:WithdrawalsPerDay", "-1")]
    [InlineData("Exchange:Quotas:RegistrationsPerDay", "1000001")]
    [InlineData("Exchange:Quotas:Burst:SubmissionBurst", "9999")]
    [InlineData("Exchange:Quotas:Burst:RegistrationBurst", "99")]
    [InlineData("Exchange:Quotas:Burst:EvaluationBurst", "255")]
    [InlineData("Exchange:Quotas:Burst:TokenBurst", "9999")]
    [InlineData("Exchange:Templates:MinBands", "2")]
    [InlineData("Exchange:Templates:StopBandShare", "0.2")]
    [InlineData("Exchange:Templates:ReviewOnlyFor", "91.00:00:00")]
    [InlineData("Exchange:Templates:Growth:MaxSketches", "17")]
    [InlineData("Exchange:Load:MaxConcurrentCalls", "0")]
    [InlineData("Exchange:Load:MaxPlacesPerMember", "0")]
    [InlineData("Exchange:Load:MaxHeldBytesPerMember", "8388607")]
    [InlineData("Exchange:Connections:MessageTimeout", "00:10:01")]
    [InlineData("Exchange:Templates:StopBandMembers", "17")]
    [InlineData("Exchange:Connections:MaxHeaderBytes", "8191")]
    [InlineData("Exchange:SignIn:Sessions:FreeAttempts", "2")]
    [InlineData("Exchange:Connections:MinRateGrace", "00:00:01")]
    [InlineData("Exchange:Telemetry:TraceRatio", "1.1")]
    [InlineData("Exchange:ListenMetrics", "http://192.0.2.1:9464")]
    public async Task A_setting_out_of_its_range_stops_the_start_and_is_named(string setting, string value)
    {
        using var folder = new TemporaryFolder();

        var refused = await Assert.ThrowsAsync<OptionsValidationException>(async () =>
        {
            await using var app = await ServeCommand.Build(
                ["--Exchange:DataDirectory", folder.Path, $"--{setting}", value],
                TestContext.Current.CancellationToken
            );
            await app.StartAsync(TestContext.Current.CancellationToken);
        });

        Assert.Contains(setting.Split(':')[^1], refused.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<(string Setting, string Default)> Of<T>(string section)
        where T : new() =>
        from property in typeof(T).GetProperties()
        where property.GetCustomAttribute<RangeAttribute>() is not null
        select (
            $"Exchange:{section}:{property.Name}",
            string.Format(CultureInfo.InvariantCulture, "{0}", property.GetValue(new T()))
        );
}
