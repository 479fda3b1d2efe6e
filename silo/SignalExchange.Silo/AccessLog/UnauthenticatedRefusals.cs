using System.Net;
using Microsoft.Extensions.Options;
using SignalExchange.AccessLog;
using SignalExchange.AccessLog.Writing;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Security;

namespace SignalExchange.Silo.AccessLog;

/// <summary>Bounds what callers without good credentials can have written: beyond it they are refused and counted, and each minute one entry says how many.</summary>
/// <remarks>An entry is a durable write and is kept for months; whoever needs no credentials must not choose how many there are. Safe from any thread.</remarks>
internal sealed class UnauthenticatedRefusals(
    IEntryWriter writer,
    IOptions<SecurityOptions> options,
    TimeProvider clock
) : BackgroundService
{
    /// <summary>What the entry of those that were only counted is called.</summary>
    public const string Event = "/door/refused";

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly AddressGate _addresses = new(options.Value.UnauthenticatedRefusalsPerAddress);
    private long _counted;

    /// <summary>Whether a refusal of nobody known may have an entry of its own; if not, it is counted.</summary>
    public bool MayWrite(IPAddress? address)
    {
        var isWithin = _addresses.Enter(address) == TimeSpan.Zero;
        if (!isWithin)
        {
            Interlocked.Increment(ref _counted);
        }

        return isWithin;
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await WriteCount();
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _addresses.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await WriteCount();
        }
    }

    private async Task WriteCount()
    {
        var count = Interlocked.Exchange(ref _counted, 0);
        if (count == 0)
        {
            return;
        }

        try
        {
            var draft = writer.BeginSystem(LogRetention.Traffic, Event);
            draft.Detail.Asked = draft.Detail.Refused = (uint)Math.Min(count, uint.MaxValue);
            await writer.AppendAsync(draft, CancellationToken.None);
        }
        catch (Exception failure) when (failure is AccessLogUnavailableException or AccessLogBusyException)
        {
            // Health and metrics say so already; the next minute's entry has them.
            Interlocked.Add(ref _counted, count);
        }
    }
}
