using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SignalExchange.Silo.Telemetry;

namespace SignalExchange.Silo.Tests.Telemetry;

public class LogLevelTests
{
    private const string OfTheRuntime = "Orleans.Runtime.Catalog";

    [Fact]
    public void Orleans_is_quiet_unless_an_operator_asks_for_more()
    {
        Assert.False(IsHeard(OfTheRuntime, LogLevel.Information));
        Assert.True(IsHeard(OfTheRuntime, LogLevel.Warning));
        Assert.True(IsHeard(OfTheRuntime, LogLevel.Information, "--Logging:LogLevel:Orleans=Information"));
    }

    [Fact]
    public void What_the_exchange_says_itself_is_heard() =>
        Assert.True(IsHeard("SignalExchange.Silo", LogLevel.Information));

    private static bool IsHeard(string category, LogLevel level, params string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddExchangeLogging();
        using var services = builder.Services.BuildServiceProvider();
        return services.GetRequiredService<ILoggerFactory>().CreateLogger(category).IsEnabled(level);
    }
}
