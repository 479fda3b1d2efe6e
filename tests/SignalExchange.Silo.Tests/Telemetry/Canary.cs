using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SignalExchange.Silo.Tests.Telemetry;

/// <summary>A text that must be found in all that an exchange exports: a search that finds nothing else has searched.</summary>
internal sealed class Canary
{
    // Spelled so that nothing takes it for a secret: what passes every redactor must be found by the search.
    private readonly string _text = $"canary {RandomNumberGenerator.GetInt32(int.MaxValue):D10} of this run";

    /// <summary>Gets what it looks like.</summary>
    public SecretForms Forms => SecretForms.Of(_text);

    /// <summary>Puts it into a span, a metric and the log.</summary>
    public void Plant(IServiceProvider exchange)
    {
        using var source = new ActivitySource("SignalExchange.Canary");
        source.StartActivity(_text)!.Dispose();
        using var meter = new Meter("SignalExchange.Canary");
        meter.CreateCounter<long>("signalexchange.canary").Add(1, new KeyValuePair<string, object?>("outcome", _text));
        var logger = exchange.GetRequiredService<ILoggerFactory>().CreateLogger("Canary");
        logger.Log(LogLevel.Information, default, _text, null, static (text, _) => text);
    }
}
