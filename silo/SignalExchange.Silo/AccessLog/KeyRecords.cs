using SignalExchange.Contracts.V1;
using SignalExchange.KeyService;

namespace SignalExchange.Silo.AccessLog;

/// <summary>Records where the VOPRF keys are in their lives: all of them at the start, and from then on each step of one.</summary>
/// <remarks>Compares what the key service says, so that it also sees what was done to the keys outside of this process.</remarks>
internal sealed class KeyRecords(IKeyCustody keys, OwnEntries entries, TimeProvider clock, ILogger<KeyRecords> logger)
    : BackgroundService
{
    /// <summary>What an entry of a change is called.</summary>
    public const string Event = "/keys/changed";

    private const string Setting = "key.state";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private Dictionary<string, KeyState> _recorded = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Record(cancellationToken); // Before anybody is served.
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Record(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // What was not recorded still differs, and is recorded at a later tick.
                KeyRecordsLog.Failed(logger, failure);
            }
        }
    }

    private async Task Record(CancellationToken cancellationToken)
    {
        var manifests = await keys.ListAsync(cancellationToken);
        var now = manifests.ToDictionary(key => key.KeyId, key => key.State, StringComparer.Ordinal);
        var changes = _recorded
            .Keys.Union(now.Keys)
            .Where(key => _recorded.GetValueOrDefault(key) != now.GetValueOrDefault(key))
            .Order(StringComparer.Ordinal)
            .Select(key => new LogChange
            {
                Setting = Setting,
                OldValue = ValueOf(key, _recorded),
                NewValue = ValueOf(key, now),
            })
            .ToList();
        foreach (var some in changes.Chunk(CallEntry.MaxChanges))
        {
            await entries.Write(Event, some, cancellationToken);
        }

        _recorded = now;
    }

    private static string ValueOf(string key, Dictionary<string, KeyState> states) =>
        states.TryGetValue(key, out var state) ? $"{key}/{state}" : "";
}
