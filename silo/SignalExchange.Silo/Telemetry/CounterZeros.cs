using SignalExchange.Grains.Quotas;
using SignalExchange.Index;
using SignalExchange.Index.Templates;

namespace SignalExchange.Silo.Telemetry;

/// <summary>Begins the series that alerts wait for, once somebody listens: the host starts OpenTelemetry's service before all others.</summary>
internal sealed class CounterZeros(QuotaMetrics quotas, IndexMetrics index, TemplateMetrics templates) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        quotas.ShowZeros();
        index.ShowZeros();
        templates.ShowZeros();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
