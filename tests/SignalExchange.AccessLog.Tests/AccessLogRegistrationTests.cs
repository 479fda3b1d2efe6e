using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SignalExchange.AccessLog.Keys;
using SignalExchange.AccessLog.Reading;
using SignalExchange.AccessLog.Writing;
using SignalExchange.Storage.AccessLog;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.AccessLog.Tests;

public sealed class AccessLogRegistrationTests
{
    [Fact]
    public async Task All_that_reads_the_log_is_the_one_host()
    {
        await using var services = Provider(_ => { });
        var host = services.GetRequiredService<AccessLogHost>();

        Assert.Same(host, services.GetRequiredService<IAccessLogReader>());
        Assert.Same(host, services.GetRequiredService<IAccessLogProver>());
        Assert.Same(host, services.GetRequiredService<ILogRetention>());
        Assert.Equal("exchange.example/log/silo-1", host.Origin);
    }

    [Theory]
    [InlineData(nameof(AccessLogOptions.Exchange), "")]
    [InlineData(nameof(AccessLogOptions.Exchange), "Exchange")]
    [InlineData(nameof(AccessLogOptions.Exchange), "an exchange")]
    [InlineData(nameof(AccessLogOptions.Log), "keys")]
    [InlineData(nameof(AccessLogOptions.Log), "../silo")]
    [InlineData(nameof(AccessLogOptions.KeyFolder), "")]
    [InlineData(nameof(AccessLogOptions.MaxWaitingEntries), 0)]
    [InlineData(nameof(AccessLogOptions.MaxGroupEntries), 10_001)]
    [InlineData(nameof(AccessLogOptions.RequiredWitnesses), 1)]
    [InlineData(nameof(AccessLogOptions.RequiredWitnesses), -1)]
    public void Setting_out_of_range_is_refused_at_the_start_by_its_name(string name, object value) =>
        AssertRefused(name, value);

    [Theory]
    [InlineData(nameof(AccessLogOptions.AppendTimeout), 99)]
    [InlineData(nameof(AccessLogOptions.CheckpointInterval), 99)]
    [InlineData(nameof(AccessLogOptions.WitnessTimeout), 60_001)]
    [InlineData(nameof(AccessLogOptions.ShredDelay), 3_599_999)]
    [InlineData(nameof(AccessLogOptions.MaxClockLead), 86_399_999)]
    public void Time_out_of_range_is_refused_at_the_start_by_its_name(string name, int milliseconds) =>
        AssertRefused(name, TimeSpan.FromMilliseconds(milliseconds));

    [Fact]
    public async Task Log_that_was_not_started_refuses_entries_and_says_so()
    {
        await using var services = Provider(_ => { });
        var writer = services.GetRequiredService<LogWriter>();

        Assert.Throws<AccessLogUnavailableException>(() => writer.Begin(Contracts.V1.LogRetention.Traffic));
        Assert.False(services.GetRequiredService<IAccessLogHealth>().Current.IsWritable);
    }

    [Fact]
    public void Limits_themselves_are_allowed()
    {
        foreach (var property in typeof(AccessLogOptions).GetProperties())
        {
            if (property.GetCustomAttribute<RangeAttribute>() is not { Maximum: int } range)
            {
                continue;
            }

            foreach (var limit in new[] { range.Minimum, range.Maximum })
            {
                if (property.Name != nameof(AccessLogOptions.RequiredWitnesses))
                {
                    using var services = Provider(options => property.SetValue(options, limit));
                    services.GetRequiredService<IStartupValidator>().Validate();
                }
            }
        }
    }

    private static void AssertRefused(string name, object value)
    {
        using var services = Provider(options => typeof(AccessLogOptions).GetProperty(name)!.SetValue(options, value));

        var exception = Assert.Throws<OptionsValidationException>(() =>
            services.GetRequiredService<IStartupValidator>().Validate()
        );

        Assert.Contains(name, exception.Message, StringComparison.Ordinal);
    }

    private static ServiceProvider Provider(Action<AccessLogOptions> configure) =>
        new ServiceCollection()
            .AddLogging()
            .AddSingleton<IAccessLogStore, InMemoryAccessLogStore>()
            .AddSingleton<ILogSecrets>(new TestSecrets())
            .AddAccessLog(options =>
            {
                options.Exchange = "exchange.example";
                configure(options);
            })
            .BuildServiceProvider();
}
