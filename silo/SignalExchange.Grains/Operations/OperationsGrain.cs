using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Storage;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Operations;

/// <summary>Brings the silos' reports together, and writes the rings once a minute.</summary>
/// <remarks>
/// What was done since the last write is lost when the process ends: these are figures for people who watch, and the access log holds what happened.
/// </remarks>
internal sealed class OperationsGrain(
    [PersistentState("operations", NamedGrainStorage.ProviderName)] IPersistentState<OperationsState> storage,
    TimeProvider clock,
    ILogger<OperationsGrain> logger
) : Grain, IOperationsGrain
{
    private static readonly TimeSpan WriteInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Forgotten = TimeSpan.FromHours(1);
    private const int MinuteSeconds = 60;

    private readonly Dictionary<string, SiloStanding> _silos = new(StringComparer.Ordinal);
    private readonly Queue<(DateTimeOffset At, ActivityStep Done)> _recent = new();
    private long _writtenAt = clock.GetTimestamp();

    private DateTimeOffset Time => clock.GetUtcNow();

    public async Task Report(SiloReport report)
    {
        var now = Time;
        report.Status.ReportedAt = now.ToTimestamp();
        _silos[report.Status.Origin] = report.Status;
        _recent.Enqueue((now, report.Done));
        ActivityRings.Add(storage.State, report.Done, now);
        foreach (var member in report.Members)
        {
            MemberDays.Add(storage.State, member, now);
        }

        if (clock.GetElapsedTime(_writtenAt) >= WriteInterval)
        {
            await Write();
        }
    }

    public Task<WatchOverviewResponse> Now()
    {
        var now = Time;
        while (_recent.TryPeek(out var oldest) && oldest.At <= now - TimeSpan.FromSeconds(MinuteSeconds))
        {
            _recent.Dequeue();
        }

        var minute = ActivityRings.Sum(_recent.Select(it => it.Done));
        var from = now.ToUnixTimeSeconds() - MinuteSeconds;
        return Task.FromResult(
            new WatchOverviewResponse
            {
                LastMinute = ActivityRings.Shown(minute, from, MinuteSeconds),
                ThisMinute = ActivityRings.Newest(storage.State, OverviewSpan.Hour, now),
                TheseFiveMinutes = ActivityRings.Newest(storage.State, OverviewSpan.Day, now),
                ThisHour = ActivityRings.Newest(storage.State, OverviewSpan.Week, now),
                Silos = { Silos(now) },
            }
        );
    }

    public Task<ExchangeActivity[]> Steps(OverviewSpan span) =>
        Task.FromResult<ExchangeActivity[]>([.. ActivityRings.Read(storage.State, span, Time)]);

    public Task<MemberUse[]> Members() => Task.FromResult<MemberUse[]>([.. MemberDays.Read(storage.State, Time)]);

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        await Write();

    private IEnumerable<SiloStanding> Silos(DateTimeOffset now)
    {
        foreach (var (origin, status) in _silos.OrderBy(it => it.Key, StringComparer.Ordinal).ToList())
        {
            var silence = now - status.ReportedAt.ToDateTimeOffset();
            if (silence > Forgotten)
            {
                _silos.Remove(origin);
                continue;
            }

            var shown = status.Clone();
            shown.Condition = silence > LongestSilence ? SiloCondition.Silent : status.Condition;
            yield return shown;
        }
    }

    private async Task Write()
    {
        _writtenAt = clock.GetTimestamp();
        try
        {
            await storage.WriteStateAsync(CancellationToken.None);
        }
        catch (StateWriteException failure)
        {
            OperationsLog.NotWritten(logger, failure.Reason);
        }
    }
}
