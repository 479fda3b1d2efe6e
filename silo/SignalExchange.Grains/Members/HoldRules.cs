using Google.Protobuf.WellKnownTypes;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Members;

/// <summary>The rules of legal holds. Pure.</summary>
internal static class HoldRules
{
    // December 9999.
    private const int LastPeriod = (8030 * 12) - 1;

    /// <summary>Places a hold, or widens the one of its name. To narrow one is to lift it in part, and lifting takes two.</summary>
    public static RegistryStep Place(RegistryState state, PlaceHoldRequest request, DateTimeOffset now)
    {
        var hold = request.Hold;
        var others = state.Holds.Where(it => it.HoldId != hold.HoldId).ToList();
        if (hold.LastPeriod > LastPeriod || hold.FirstPeriod > hold.LastPeriod)
        {
            var (field, limit) =
                hold.LastPeriod > LastPeriod ? ("last_period", LastPeriod) : ("first_period", (long)hold.LastPeriod);
            return RegistryStep.Refused(new Refusal(ErrorReason.OutOfRange, $"hold.{field}", limit));
        }

        var known = state.Holds.FirstOrDefault(it => it.HoldId == hold.HoldId);
        if (known?.FirstPeriod < hold.FirstPeriod || known?.LastPeriod > hold.LastPeriod)
        {
            var (field, limit) =
                known.FirstPeriod < hold.FirstPeriod
                    ? ("first_period", known.FirstPeriod)
                    : ("last_period", known.LastPeriod);
            return RegistryStep.Refused(new Refusal(ErrorReason.OutOfRange, $"hold.{field}", limit));
        }

        if (others.Count >= Limits.MaxHolds)
        {
            return RegistryStep.Refused(new Refusal(ErrorReason.TooManyHolds, "", Limits.MaxHolds));
        }

        var placed = hold.Clone();
        placed.PlacedAt = known?.PlacedAt ?? now.ToTimestamp();
        return state.Holds.Contains(placed) ? default : With(state, [.. others, placed]);
    }

    /// <summary>Lifts a hold.</summary>
    public static RegistryStep Lift(RegistryState state, LiftHoldRequest request) =>
        state.Holds.Any(it => it.HoldId == request.HoldId)
            ? With(state, state.Holds.Where(it => it.HoldId != request.HoldId))
            : RegistryStep.Refused(ErrorReason.HoldNotFound, "hold_id");

    private static RegistryStep With(RegistryState state, IEnumerable<Hold> holds)
    {
        var ordered = holds.OrderBy(it => it.HoldId, StringComparer.Ordinal).ToList();
        var next = state.NextVersion();
        next.Holds.Clear();
        next.Holds.Add(ordered);
        return new(next, null);
    }
}
