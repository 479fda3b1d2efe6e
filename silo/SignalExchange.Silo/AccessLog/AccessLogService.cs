using SignalExchange.AccessLog;
using SignalExchange.AccessLog.Writing;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Silo.AccessLog;

/// <summary>Starts the log before the first call and stops it after the last; both are entries themselves.</summary>
internal sealed class AccessLogService(AccessLogHost log, LogWriter writer, OwnEntries entries) : IHostedService
{
    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await log.StartAsync(cancellationToken);
        await entries.Write("/silo/start", [], cancellationToken);
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            // However long the calls took to end: the writer has its own patience.
            await WriteStop();
        }
        catch (Exception failure) when (failure is AccessLogUnavailableException or AccessLogBusyException)
        {
            // A log that cannot be written has said so in health and metrics; stopping must go on.
        }

        await log.StopAsync(cancellationToken);
    }

    private async Task WriteStop()
    {
        var draft = writer.BeginSystem(LogRetention.Administration, "/silo/stop");
        await writer.AppendAsync(draft, CancellationToken.None);
    }
}
