using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using SignalExchange.AccessLog;
using SignalExchange.Clustering;

namespace SignalExchange.Silo.Forwarding;

/// <summary>Which silo writes which access log. Each other one is asked once, as soon as it is there.</summary>
internal sealed class ClusterAccessLogs(
    IOptions<AccessLogOptions> own,
    ClusterView view,
    ForwardClient silos,
    TimeProvider time,
    ILogger<ClusterAccessLogs> logger
) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private ImmutableDictionary<SiloAddress, string> _others = ImmutableDictionary<SiloAddress, string>.Empty;
    private string[] _names = [own.Value.Log];

    /// <summary>Gets the names of the logs of the silos that are there, this one's among them, in their order.</summary>
    public IReadOnlyList<string> Names => Volatile.Read(ref _names);

    /// <summary>Returns the silo that writes a log.</summary>
    /// <exception cref="KeyNotFoundException">None of those that are there does.</exception>
    public IForwardService Of(string log) =>
        Volatile.Read(ref _others).FirstOrDefault(it => it.Value == log).Key is { } silo
            ? silos.Of(silo)
            : throw new KeyNotFoundException("No other silo that is there writes that log.");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            await Follow(stoppingToken);
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task Follow(CancellationToken cancellationToken)
    {
        var others = view.Current.Others;
        var known = _others.RemoveRange(_others.Keys.Where(silo => !others.Contains(silo)));
        foreach (var silo in others.Where(silo => !known.ContainsKey(silo)))
        {
            try
            {
                known = known.Add(silo, await silos.Of(silo).Log().WaitAsync(cancellationToken));
            }
            // Whatever it was, also that it is of a version which can't be asked: it is asked again.
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                ForwardLog.NoName(logger, failure);
            }
        }

        Volatile.Write(ref _others, known);
        Volatile.Write(ref _names, [.. known.Values.Append(own.Value.Log).Order(StringComparer.Ordinal)]);
    }
}
