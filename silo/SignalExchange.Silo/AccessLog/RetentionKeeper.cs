using SignalExchange.AccessLog.Entries;
using SignalExchange.AccessLog.Keys;
using SignalExchange.AccessLog.Reading;
using SignalExchange.AccessLog.Writing;
using SignalExchange.Audit.Search;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Members;

namespace SignalExchange.Silo.AccessLog;

/// <summary>Destroys the keys of details whose time has come, unless a legal hold covers them. Each is an entry of the log itself.</summary>
/// <remarks>
/// <para>
/// In two steps, each an entry: a key is due, and a day later, if it is due still and the clock went evenly, it is destroyed. So a clock that is
/// wrong for a while destroys nothing (<see cref="ILogRetention"/>).
/// </para>
/// The order of a round: holds first, so that what is held is held before anything is destroyed; then, from the oldest month on, the entry, the
/// search index, and the key last. A process that ends in between does it again, and nothing that is destroyed stays readable beside the log.
/// </remarks>
internal sealed class RetentionKeeper(
    MemberDirectory directory,
    ILogRetention retention,
    IAccessLogReader log,
    IEntryWriter writer,
    ISearchFollower search,
    TimeProvider clock,
    ILogger<RetentionKeeper> logger
) : BackgroundService
{
    /// <summary>How many months after its own the detail of traffic is kept where the policy says nothing.</summary>
    public const int DefaultTrafficMonths = 13;

    /// <summary>How many months after its own the detail of administrative acts is kept where the policy says nothing.</summary>
    public const int DefaultAdministrationMonths = 84;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private LogPeriod? _first;
    private bool _isClockInDoubt;

    /// <summary>Does what is due now. Idempotent.</summary>
    public async Task Keep(CancellationToken cancellationToken)
    {
        if (!directory.IsCurrent)
        {
            return; // Who does not know what is held destroys nothing.
        }

        await KeepHolds(cancellationToken);
        var policy = directory.Policy;
        await Shred(
            LogRetention.Traffic,
            policy.HasTrafficMonths ? (int)policy.TrafficMonths : DefaultTrafficMonths,
            cancellationToken
        );
        await Shred(
            LogRetention.Administration,
            policy.HasAdministrationMonths ? (int)policy.AdministrationMonths : DefaultAdministrationMonths,
            cancellationToken
        );
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Keep(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                RetentionLog.Failed(logger, failure);
            }
        }
    }

    private async Task KeepHolds(CancellationToken cancellationToken)
    {
        var wanted = directory
            .Holds.Select(it => new LegalHold(
                it.HoldId,
                new((int)it.FirstPeriod),
                new((int)it.LastPeriod),
                it.Retention
            ))
            .ToList();
        foreach (var hold in wanted.Except(retention.Holds))
        {
            await retention.PlaceHoldAsync(hold, cancellationToken);
        }

        foreach (var hold in retention.Holds.Where(it => wanted.All(other => other.Name != it.Name)))
        {
            await retention.LiftHoldAsync(hold.Name, cancellationToken);
        }
    }

    private async Task Shred(LogRetention kind, int months, CancellationToken cancellationToken)
    {
        var end = LogPeriod.Of(clock.GetUtcNow()).Number - months;
        foreach (var key in retention.Due.Where(it => it.Retention == kind && it.Period.Number >= end))
        {
            retention.NoteNotDue(key);
        }

        if (await FirstPeriod(cancellationToken) is not { } first)
        {
            return;
        }

        for (var period = first; period.Number < end; period = period.Next)
        {
            var key = new KeyName(period, kind);
            if (!retention.IsShredded(period, kind))
            {
                await (IsHeld(key) ? KeepOn(key) : Shred(key, cancellationToken));
            }
        }
    }

    private Task KeepOn(KeyName key)
    {
        retention.NoteNotDue(key);
        return Task.CompletedTask;
    }

    private async Task Shred(KeyName key, CancellationToken cancellationToken)
    {
        var outcome = retention.Judge(key);
        NoteClock(outcome == ShredOutcome.ClockInDoubt);
        if (outcome == ShredOutcome.TooSoon && !retention.Due.Contains(key))
        {
            await Record(key, "due", cancellationToken);
            retention.NoteDue(key);
            RetentionLog.Due(logger, key.Period.ToString(), key.Retention);
        }
        else if (outcome == ShredOutcome.Shredded)
        {
            await Record(key, "shredded", cancellationToken);
            var forgotten = await search.ForgetAsync(key.Period, key.Retention, cancellationToken);
            await retention.ShredAsync(key.Period, key.Retention, cancellationToken);
            RetentionLog.Shredded(logger, key.Period.ToString(), key.Retention, forgotten);
        }
    }

    // Told once.
    private void NoteClock(bool isInDoubt)
    {
        if (isInDoubt && !_isClockInDoubt)
        {
            RetentionLog.ClockInDoubt(logger);
        }

        _isClockInDoubt = isInDoubt;
    }

    private bool IsHeld(KeyName key) => retention.Holds.Any(hold => hold.Covers(key));

    private async Task<LogPeriod?> FirstPeriod(CancellationToken cancellationToken)
    {
        if (_first is null)
        {
            await foreach (var entry in log.ReadAsync(0, 1, cancellationToken))
            {
                _first = new((int)entry.Entry.Period);
            }
        }

        return _first;
    }

    private async Task Record(KeyName key, string step, CancellationToken cancellationToken)
    {
        var change = new LogChange
        {
            Setting = "log.details",
            OldValue = $"{key.Period}/{key.Retention}",
            NewValue = step,
        };
        var draft = writer.BeginSystem(LogRetention.Administration, "/log/shred", change);
        await writer.AppendAsync(draft, cancellationToken);
    }
}
