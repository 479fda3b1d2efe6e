using SignalExchange.Contracts.Taxonomy;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Contracts.Signals;

/// <summary>Folds signals into the answer to a check: a lead with permitted actions, never "bad person".</summary>
/// <remarks>
/// In the contracts library because three must answer alike: the exchange, the fake that platforms test with, and a
/// platform that checks in a local set.
/// </remarks>
public static class VerdictPolicy
{
    private const int MembersToCorroborate = 2;

    /// <summary>Folds the signals that the caller may see into one answer.</summary>
    /// <param name="signals">Signals on one indicator, any order, at most one a member.</param>
    /// <param name="caller">Whose eyes; decides visibility.</param>
    /// <param name="now">Signals expired at this instant are left out.</param>
    /// <returns>The verdict without its position; null if nothing is visible, which means "not known".</returns>
    /// <remarks>Pure: same input, same answer. Safe from any thread. Sorts, so n log n in the number of signals.</remarks>
    public static Verdict? Fold(IEnumerable<Signal> signals, Caller caller, DateTimeOffset now)
    {
        var visible = signals.Where(signal => signal.IsLive(now) && Visibility.CanSee(signal, caller)).ToList();
        if (visible.Count == 0)
        {
            return null;
        }

        var leads = visible.Where(signal => !signal.Statement.SubjectRole.IsProtected()).ToList();
        var verdict = new Verdict
        {
            Signals = { leads.OrderBy(signal => signal.SubmittedAt.ToDateTimeOffset()) },
            DistinctMembers = (uint)leads.Select(signal => signal.Owner).Distinct().Count(),
            CorroboratingMembers = (uint)leads.Where(Corroborates).Select(signal => signal.Owner).Distinct().Count(),
            Status = StatusOf(leads),
            Severity = leads.Where(IsHeld).Select(signal => signal.Statement.Severity).DefaultIfEmpty().Max(),
            ProtectiveGuidance = { GuidanceOf(visible) },
        };
        verdict.PermittedAction = PermittedBy(leads, verdict);
        return verdict;
    }

    /// <summary>The default is REVIEW_REQUIRED at most; more needs independent members who agree, and nobody to protect.</summary>
    private static PermittedAction PermittedBy(List<Signal> leads, Verdict verdict)
    {
        var strongest = Strongest(leads.Where(IsHeld));
        if (strongest == PermittedAction.Unspecified)
        {
            return PermittedAction.LeadOnly;
        }

        var alone = Min(strongest, PermittedAction.ReviewRequired);
        if (verdict.Status == VerdictStatus.Disputed || verdict.ProtectiveGuidance.Count > 0)
        {
            return alone;
        }

        return Max(alone, AgreedBy(leads));
    }

    /// <summary>The most that at least two corroborating members permit: the second strongest of theirs.</summary>
    private static PermittedAction AgreedBy(List<Signal> leads) =>
        leads
            .Where(Corroborates)
            .GroupBy(signal => signal.Owner, (_, own) => Strongest(own))
            .OrderDescending()
            .ElementAtOrDefault(MembersToCorroborate - 1);

    private static PermittedAction Strongest(IEnumerable<Signal> signals) =>
        signals.Select(signal => signal.Statement.PermittedAction).DefaultIfEmpty().Max();

    /// <summary>What was learned from others and said again never corroborates, nor what is disputed.</summary>
    private static bool Corroborates(Signal signal) =>
        !signal.Disputed
        && !signal.Derived
        && signal.Statement is { Status: SignalStatus.Confirmed, Precision: Precision.High, DerivedFrom.Count: 0 };

    private static bool IsHeld(Signal signal) => signal.Statement.Status != SignalStatus.Cleared;

    // python-threatexchange's rule: the highest wins, unless there are both positive and negative opinions.
    private static VerdictStatus StatusOf(List<Signal> leads)
    {
        if (leads.Count == 0)
        {
            return VerdictStatus.Informational;
        }

        var held = leads.Where(IsHeld).Select(signal => signal.Statement.Status).DefaultIfEmpty().Max();
        var isCleared = leads.Exists(signal => !IsHeld(signal) || signal.Disputed);
        return (held, isCleared) switch
        {
            (SignalStatus.Unspecified, _) => VerdictStatus.Cleared,
            (SignalStatus.Suspected or SignalStatus.Confirmed, true) => VerdictStatus.Disputed,
            (SignalStatus.Confirmed, _) => VerdictStatus.Confirmed,
            (SignalStatus.Suspected, _) => VerdictStatus.Suspected,
            _ => VerdictStatus.Informational,
        };
    }

    private static IEnumerable<ProtectiveGuidance> GuidanceOf(List<Signal> visible) =>
        visible
            .Select(signal =>
                signal.Statement.SubjectRole switch
                {
                    SubjectRole.PossibleVictim => ProtectiveGuidance.PossibleVictim,
                    SubjectRole.CompromisedAccount => ProtectiveGuidance.CompromisedAccount,
                    _ => ProtectiveGuidance.Unspecified,
                }
            )
            .Where(guidance => guidance != ProtectiveGuidance.Unspecified)
            .Distinct()
            .Order();

    private static PermittedAction Min(PermittedAction left, PermittedAction right) => left < right ? left : right;

    private static PermittedAction Max(PermittedAction left, PermittedAction right) => left > right ? left : right;
}
