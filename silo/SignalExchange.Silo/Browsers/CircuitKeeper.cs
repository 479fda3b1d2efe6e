using SignalExchange.Silo.SignIn;

namespace SignalExchange.Silo.Browsers;

/// <summary>Ends pages whose session is over: revoked, signed out elsewhere, too long idle. A call of theirs would be refused already.</summary>
internal sealed class CircuitKeeper(
    OpenCircuits open,
    Sessions sessions,
    TimeProvider clock,
    ILogger<CircuitKeeper> logger
) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var circuit in open.All)
            {
                await Look(circuit);
            }
        }
    }

    private async Task Look(CircuitSession circuit)
    {
        try
        {
            if (await sessions.Find(circuit.Account, circuit.Session, isActive: false) is null && sessions.IsSure)
            {
                circuit.End();
            }
        }
        catch (Exception failure)
        {
            // Its calls are refused all the same; the page itself is looked at again.
            SignInLog.SessionUnknown(logger, failure);
        }
    }
}
