using Google.Protobuf;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Indicators;

/// <summary>The rules by which an indicator's signals go from its name under one key to its name under another.</summary>
/// <remarks>
/// Pure: never touches the state it is given. Everything may be done again: what has come over already is recognised by signal and revision, so
/// nothing is lost or doubled, whatever fails in between.
/// </remarks>
internal static class IndicatorMoves
{
    // A change's detail has at most 65,535 bytes in the log; a signal has less than a tenth of it.
    private const int MaxPartBytes = 32 * 1024;

    /// <summary>Cuts what is said here into parts that go over one by one; none where nothing is said.</summary>
    public static IEnumerable<IndicatorPart> PartsOf(IndicatorState state)
    {
        var part = new IndicatorPart();
        foreach (var signal in state.Signals)
        {
            var own = state.Recent.Where(entry => entry.SignalId == signal.SignalId).ToList();
            var size = signal.CalculateSize() + own.Sum(entry => entry.CalculateSize());
            if (part.Signals.Count > 0 && part.CalculateSize() + size > MaxPartBytes)
            {
                yield return part;
                part = new IndicatorPart();
            }

            part.Signals.Add(signal);
            part.Recent.Add(own);
        }

        if (part.Signals.Count > 0)
        {
            yield return part;
        }
    }

    /// <summary>Takes a part over.</summary>
    /// <param name="state">The present state.</param>
    /// <param name="version">The sequence of the change that made it; 0 for an indicator that is not stored yet.</param>
    /// <param name="command">Under which key this is.</param>
    /// <param name="part">What comes.</param>
    /// <returns>The state to write; null when all of it is here already.</returns>
    public static IndicatorState? Adopt(IndicatorState state, long version, AdoptCommand command, IndicatorPart part)
    {
        var newer = part.Signals.Where(signal => IsNewer(signal, FindOwn(state, signal.Owner))).ToList();
        var unknown = part.Recent.Where(entry => !state.Recent.Any(own => IsSame(own, entry))).ToList();
        if (newer.Count == 0 && unknown.Count == 0)
        {
            return null;
        }

        var next = state.Clone();
        next.KeyId = command.KeyId;
        next.SealedElement = ByteString.CopyFrom(command.SealedElement);
        SubmissionMemory.Place(next, version);
        newer.ForEach(signal => IndicatorLedger.Put(next, signal));
        Remember(next, unknown);
        next.LastChange = new IndicatorChange { Adopted = part };
        return next;
    }

    /// <summary>Leaves nothing but where everything went.</summary>
    public static IndicatorState Moved(IndicatorState state, MoveCommand command) =>
        new()
        {
            KeyId = command.FromKeyId,
            SealedElement = state.SealedElement.IsEmpty
                ? ByteString.CopyFrom(command.FromSealedElement)
                : state.SealedElement,
            MovedTo = new MovedTo
            {
                Token = ByteString.CopyFrom(command.Token),
                KeyId = command.KeyId,
                SealedElement = ByteString.CopyFrom(command.SealedElement),
                ByRotation = command.ByRotation,
            },
            LastChange = new IndicatorChange { Moved = new Moved() },
        };

    /// <summary>Takes note that the rotation's own proof covers the move.</summary>
    public static IndicatorState Covered(IndicatorState state)
    {
        var next = state.Clone();
        next.MovedTo.ByRotation = true;
        next.LastChange = new IndicatorChange { Moved = new Moved() };
        return next;
    }

    /// <summary>Leaves nothing at all.</summary>
    public static IndicatorState Forgotten() =>
        new() { LastChange = new IndicatorChange { Forgotten = new Forgotten() } };

    private static Signal? FindOwn(IndicatorState state, string owner) =>
        state.Signals.FirstOrDefault(signal => signal.Owner == owner);

    // Of one signal the later revision; of two at the same one the withdrawal: whoever is wrongly accused must get out. Two signals of one member
    // are there only if it submitted under both keys at the same time: then the later one.
    private static bool IsNewer(Signal signal, Signal? own)
    {
        if (own is null)
        {
            return true;
        }

        return signal.SignalId == own.SignalId
            ? signal.Revision > own.Revision
                || (
                    signal.Revision == own.Revision
                    && (signal.State, own.State) is (SignalState.Retracted, SignalState.Active)
                )
            : signal.ModifiedAt.ToDateTimeOffset() > own.ModifiedAt.ToDateTimeOffset();
    }

    private static bool IsSame(RecentSubmission left, RecentSubmission right) =>
        left.Member == right.Member && left.SubmissionId == right.SubmissionId;

    private static void Remember(IndicatorState next, IEnumerable<RecentSubmission> unknown)
    {
        foreach (var entry in unknown)
        {
            var here = entry.Clone();
            here.Sequence = 0; // Its own was of another shard; here it stands where this change will.
            next.Recent.Add(here);
        }

        var ordered = next.Recent.OrderBy(entry => entry.AcceptedAt.ToDateTimeOffset()).ToList();
        next.Recent.Clear();
        next.Recent.Add(ordered);
    }
}
