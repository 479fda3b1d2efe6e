using SignalExchange.AccessLog;
using SignalExchange.AccessLog.Writing;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Silo.AccessLog;

/// <summary>Writes entries of the exchange itself that it must not go on without, at its start above all; patiently, since a storage that many silos start on at once may be slow to take the first.</summary>
/// <remarks>An entry that was given up may turn up in the log all the same, so there may be two of it.</remarks>
internal sealed class OwnEntries(IEntryWriter writer, TimeProvider clock, ILogger<OwnEntries> logger)
{
    // With the two seconds that each may take (Exchange:AccessLog:AppendTimeout), somewhat under a minute.
    private const int MaxAttempts = 15;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Writes an entry of the exchange's own.</summary>
    /// <param name="event">What it is called.</param>
    /// <param name="changes">What it says.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="AccessLogUnavailableException">The log took it none of the times.</exception>
    /// <exception cref="AccessLogBusyException">The same.</exception>
    public async Task Write(string @event, IReadOnlyCollection<LogChange> changes, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var draft = writer.BeginSystem(LogRetention.Administration, @event, changes);
                await writer.AppendAsync(draft, cancellationToken);
                return;
            }
            catch (Exception failure)
                when (failure is AccessLogUnavailableException or AccessLogBusyException && attempt < MaxAttempts)
            {
                OwnEntriesLog.NotTaken(logger, @event, attempt, MaxAttempts, failure);
            }

            await Task.Delay(Pause, clock, cancellationToken);
        }
    }
}
