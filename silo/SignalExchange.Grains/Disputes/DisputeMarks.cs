using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Indicators;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Disputes;

/// <summary>The rule by which a dispute shows on its signal. Pure: never touches the state that it is given.</summary>
internal static class DisputeMarks
{
    /// <summary>Puts a mark on a signal, or takes it off. The statement and its revision stay the owner's.</summary>
    /// <param name="state">The indicator's present state.</param>
    /// <param name="version">The sequence of the change that made it.</param>
    /// <param name="signalId">Which signal.</param>
    /// <param name="mark">What must stand on it.</param>
    public static LedgerStep Set(IndicatorState state, long version, ByteString signalId, DisputeMark mark)
    {
        if (state.Signals.FirstOrDefault(it => it.SignalId == signalId) is not { } known)
        {
            return LedgerStep.Refused(new Refusal(ErrorReason.SignalNotFound));
        }

        var due = mark.DueAt?.ToTimestamp();
        var stands = known.Disputed == mark.IsDisputed && Equals(known.DisputeDueAt, due);
        if (stands || known.State == SignalState.Retracted)
        {
            return LedgerStep.Known(known.SignalId, known.Revision, version);
        }

        var signal = known.Clone();
        (signal.Disputed, signal.DisputeDueAt) = (mark.IsDisputed, due);
        var next = state.Clone();
        SubmissionMemory.Place(next, version);
        IndicatorLedger.Put(next, signal);
        next.LastChange = new IndicatorChange { Disputed = signal };
        return LedgerStep.Changed(next, signal);
    }
}
