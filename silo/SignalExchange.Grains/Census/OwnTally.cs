using Google.Protobuf.WellKnownTypes;
using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.Taxonomy;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Census;

/// <summary>Counts one member's signals, and keeps the ones that changed last. One thread.</summary>
internal sealed class OwnTally(string member)
{
    /// <summary>How many of its signals a member's administrators are shown.</summary>
    public const int MaxShown = 200;

    // The oldest on top, so that it is the first to go.
    private readonly PriorityQueue<OwnSignal, long> _newest = new();

    // Of the member's own signals and nothing else: whoever is shown it can submit guesses and count them.
    private readonly MemberSignals _own = new() { MemberId = member };

    private ulong _confirmedByOthers;
    private ulong _debt;

    /// <summary>Returns the counts for those who oversee the exchange, of what was not said in test mode.</summary>
    public MemberSignals ToTotals()
    {
        var totals = _own.Clone();
        (totals.ConfirmedByOthers, totals.Debt) = (_confirmedByOthers, _debt);
        return totals;
    }

    /// <summary>Counts a signal of the member.</summary>
    /// <param name="signal">The signal.</param>
    /// <param name="live">Everybody's signals in force on the same indicator.</param>
    /// <param name="now">As of when.</param>
    public void Add(Signal signal, List<Signal> live, DateTimeOffset now)
    {
        Keep(signal, now);
        if (signal.Test)
        {
            return;
        }

        var wrong = WrongOf(signal);
        var isRetracted = signal.State == SignalState.Retracted;
        var stands = !isRetracted || !signal.RetractionReason.IsWrong();
        _own.Said += wrong + One(stands);
        _own.Withdrawn += wrong + One(stands && isRetracted);
        _own.Wrong += wrong;
        if (live.Contains(signal))
        {
            AddLive(signal, live);
        }
    }

    /// <summary>Returns what the member's administrators are shown.</summary>
    public OwnSignalsState ToState(DateTimeOffset now) =>
        new()
        {
            AsOf = now.ToTimestamp(),
            Totals = _own,
            Signals = { _newest.UnorderedItems.OrderByDescending(it => it.Priority).Select(it => it.Element) },
        };

    private void AddLive(Signal signal, List<Signal> live)
    {
        var others = live.Where(other => other.Owner != member).ToList();
        _own.Live++;
        _own.Debt += One(IsHeld(signal) && signal.Disputed);
        _confirmedByOthers += One(others.Exists(IsHeld) && IsHeld(signal));
        _debt += One(IsHeld(signal) && (signal.Disputed || others.Exists(other => !IsHeld(other))));
    }

    private void Keep(Signal signal, DateTimeOffset now)
    {
        var changedAt = signal.ModifiedAt.ToDateTimeOffset().UtcTicks;
        if (_newest.Count == MaxShown && _newest.TryPeek(out _, out var oldest) && oldest >= changedAt)
        {
            return;
        }

        _newest.Enqueue(Shown(signal, now), changedAt);
        if (_newest.Count > MaxShown)
        {
            _newest.Dequeue();
        }
    }

    private static OwnSignal Shown(Signal signal, DateTimeOffset now) =>
        new()
        {
            SignalId = signal.SignalId,
            Type = signal.Type,
            Categories = { signal.Statement.Categories },
            Status = signal.Statement.Status,
            State = signal.StateAt(now),
            RetractionReason = signal.RetractionReason,
            Revision = signal.Revision,
            SubmittedAt = signal.SubmittedAt,
            ModifiedAt = signal.ModifiedAt,
            ExpiresAt = signal.Statement.ExpiresAt,
            Disputed = signal.Disputed,
            Test = signal.Test,
        };

    private static bool IsHeld(Signal signal) => signal.Statement.Status != SignalStatus.Cleared;

    // What comes back after it was withdrawn as wrong was said once more; the error stays counted. A signal that was stored before
    // errors were counted says it by its state.
    private static ulong WrongOf(Signal signal) =>
        Math.Max(
            signal.WrongWithdrawals,
            One(signal.State == SignalState.Retracted && signal.RetractionReason.IsWrong())
        );

    private static ulong One(bool isCounted) => isCounted ? 1ul : 0;
}
