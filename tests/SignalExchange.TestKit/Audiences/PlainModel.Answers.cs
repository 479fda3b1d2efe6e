using SignalExchange.Contracts.V1;

namespace SignalExchange.TestKit.Audiences;

// What somebody who is told of some statements is told to make of them.
public sealed partial class PlainModel
{
    /// <summary>Answers who is told of these statements, one a member and at least one.</summary>
    public static PlainAnswer AnswerTo(IReadOnlyList<Said> told)
    {
        var against = told.Where(said => said.Judged.Status == SignalStatus.Cleared).ToList();
        var held = told.Except(against).ToList();
        var agreeing = held.Where(said => said.Judged.IsSure && !said.IsDerived && !said.IsDisputed).ToList();
        var isContested = against.Count > 0 || held.Any(said => said.IsDisputed);
        var status = StatusOf(held, isContested);
        var gravest = held.Count == 0 ? Severity.Unspecified : held.Max(said => said.Judged.Severity);
        return new(told.Count, agreeing.Count, status, gravest, PermittedBy(held, agreeing, status));
    }

    private static VerdictStatus StatusOf(List<Said> held, bool isContested)
    {
        if (held.Count == 0)
        {
            return VerdictStatus.Cleared;
        }

        if (held.TrueForAll(said => said.Judged.Status == SignalStatus.Informational))
        {
            return VerdictStatus.Informational;
        }

        return isContested ? VerdictStatus.Disputed
            : held.Exists(said => said.Judged.Status == SignalStatus.Confirmed) ? VerdictStatus.Confirmed
            : VerdictStatus.Suspected;
    }

    // One alone lets others review at most. Two who agree let them do what both of them would.
    private static PermittedAction PermittedBy(List<Said> held, List<Said> agreeing, VerdictStatus status)
    {
        if (held.Count == 0)
        {
            return PermittedAction.LeadOnly;
        }

        if (status != VerdictStatus.Disputed)
        {
            foreach (var action in (PermittedAction[])[PermittedAction.MayBlock, PermittedAction.MayRestrict])
            {
                if (agreeing.Count(said => said.Judged.Permits >= action) >= 2)
                {
                    return action;
                }
            }
        }

        return held.Exists(said => said.Judged.Permits >= PermittedAction.ReviewRequired)
            ? PermittedAction.ReviewRequired
            : PermittedAction.LeadOnly;
    }
}
