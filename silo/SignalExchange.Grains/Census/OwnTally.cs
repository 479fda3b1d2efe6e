using Google.Protobuf.WellKnownTypes;
using SignalExchange.Contracts.Signals;
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

    /// <summary>Gets the counts, of what was not said in test mode.</summary>
    public MemberSignals Totals { get; } = new() { MemberId = member };

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

        Totals.Said++;
        Totals.Withdrawn += One(signal.State == SignalState.Retracted);
        Totals.Wrong += One(signal.State == SignalState.Retracted && IsWrong(signal.RetractionReason));
        if (live.Contains(signal))
        {
            var others = live.Where(other => other.Owner != member).ToList();
            Totals.Live++;
            Totals.ConfirmedByOthers += One(others.Exists(IsHeld) && IsHeld(signal));
            Totals.Debt += One(IsHeld(signal) && (signal.Disputed || others.Exists(other => !IsHeld(other))));
        }
    }

    /// <summary>Returns what the member's administrators are shown.</summary>
    public OwnSignalsState ToState(DateTimeOffset now) =>
        new()
        {
            AsOf = now.ToTimestamp(),
            Totals = Totals,
            Signals = { _newest.UnorderedItems.OrderByDescending(it => it.Priority).Select(it => it.Element) },
        };

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

    private static bool IsWrong(RetractionReason reason) =>
        reason
            is RetractionReason.FalsePositive
                or RetractionReason.AppealUpheld
                or RetractionReason.AccountHijacked
                or RetractionReason.VictimMisidentified
                or RetractionReason.SubmittedInError;

    private static ulong One(bool isCounted) => isCounted ? 1ul : 0;
}
