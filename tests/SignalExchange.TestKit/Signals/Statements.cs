using Google.Protobuf.WellKnownTypes;
using SignalExchange.Contracts.V1;

namespace SignalExchange.TestKit.Signals;

/// <summary>Statements to begin a test from.</summary>
public static class Statements
{
    /// <summary>A statement that breaks no rule: a confirmed ban for grooming, visible to everybody, for 30 days.</summary>
    public static SignalStatement Valid(DateTimeOffset now) =>
        new()
        {
            Status = SignalStatus.Confirmed,
            Severity = Severity.Severe,
            Confidence = 90,
            Precision = Precision.High,
            ReviewStatus = ReviewStatus.ReviewedManually,
            Categories = { ExploitationCategory.CseGrooming },
            SubjectRole = SubjectRole.Groomer,
            VictimAgeBand = VictimAgeBand._13To17,
            EvidenceBasis = { EvidenceBasis.Conversation },
            DetectionMethod = DetectionMethod.HumanReview,
            ActionsTaken = { AccountAction.AccountTerminated },
            ActionAutomation = ActionAutomation.NotAutomated,
            ActionTime = now.AddHours(-1).ToTimestamp(),
            ExpiresAt = now.AddDays(30).ToTimestamp(),
            Audience = new Audience { ShareLevel = ShareLevel.Green },
            PermittedAction = PermittedAction.ReviewRequired,
        };

    /// <summary>The same, changed.</summary>
    public static SignalStatement Valid(DateTimeOffset now, Action<SignalStatement> change)
    {
        var statement = Valid(now);
        change(statement);
        return statement;
    }
}
