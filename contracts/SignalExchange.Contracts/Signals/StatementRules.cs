using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.Taxonomy;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Contracts.Signals;

/// <summary>The rules that a single statement can break, beyond the form of its fields (<see cref="Forms.MessageForms"/>).</summary>
/// <remarks>Pure; the same on both sides, so that a platform learns of a mistake before it sends.</remarks>
public static class StatementRules
{
    private static readonly Func<SignalStatement, IndicatorType, DateTimeOffset, Refusal?>[] Rules =
    [
        (statement, _, _) => CheckConfidence(statement),
        CheckExpiry,
        (statement, _, now) => CheckTimes(statement, now),
        (statement, _, _) => CheckCategories(statement),
        (statement, _, _) => CheckRole(statement),
        (statement, _, _) => CheckPermission(statement),
        (statement, _, _) => CheckAudience(statement),
    ];

    /// <summary>Finds the first rule that a statement breaks.</summary>
    /// <param name="statement">A statement whose fields have their forms.</param>
    /// <param name="type">What kind of identifier it is about; decides the expiry's cap.</param>
    /// <param name="now">The time of submission.</param>
    /// <returns>The refusal, its field's path beginning at the statement; null if the statement may stand.</returns>
    public static Refusal? Check(SignalStatement statement, IndicatorType type, DateTimeOffset now)
    {
        foreach (var rule in Rules)
        {
            if (rule(statement, type, now) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    private static Refusal? CheckConfidence(SignalStatement statement) =>
        statement.Confidence is >= 1 and <= 100
            ? null
            : new Refusal(ErrorReason.OutOfRange, "confidence", 100, statement.Confidence);

    private static Refusal? CheckExpiry(SignalStatement statement, IndicatorType type, DateTimeOffset now)
    {
        var life = statement.ExpiresAt.ToDateTimeOffset() - now;
        var cap = IndicatorTypes.ExpiryCap(type);
        if (life <= TimeSpan.Zero)
        {
            return new Refusal(ErrorReason.ExpiryPassed, "expires_at");
        }

        return life <= cap + Limits.ClockTolerance
            ? null
            : new Refusal(
                ErrorReason.ExpiryTooFar,
                "expires_at",
                (long)cap.TotalDays,
                (long)Math.Ceiling(life.TotalDays)
            );
    }

    private static Refusal? CheckTimes(SignalStatement statement, DateTimeOffset now)
    {
        var latest = now + Limits.ClockTolerance;
        if (statement.ActionTime.ToDateTimeOffset() > latest)
        {
            return new Refusal(ErrorReason.TimeInFuture, "action_time");
        }

        if (statement.FirstActive?.ToDateTimeOffset() > latest)
        {
            return new Refusal(ErrorReason.TimeInFuture, "first_active");
        }

        if (statement.LastActive?.ToDateTimeOffset() > latest)
        {
            return new Refusal(ErrorReason.TimeInFuture, "last_active");
        }

        return statement.LastActive?.ToDateTimeOffset() < statement.FirstActive?.ToDateTimeOffset()
            ? new Refusal(ErrorReason.TimesReversed, "last_active")
            : null;
    }

    private static Refusal? CheckCategories(SignalStatement statement)
    {
        var band = statement.VictimAgeBand;
        if (
            (band == VictimAgeBand.Adult && statement.Categories.Any(category => category.IsChildExploitation()))
            || (band.IsChild() && statement.Categories.Any(category => category.IsAdultOnly()))
        )
        {
            return new Refusal(ErrorReason.CategoryAgeConflict, "victim_age_band");
        }

        // Palermo Protocol, article 3(c): the means are irrelevant when the victim is a child, and essential otherwise.
        return
            !band.IsChild()
            && statement.Means.Count == 0
            && statement.Categories.Any(category => category.IsHumanTrafficking())
            ? new Refusal(ErrorReason.CoercionBasisMissing, "means")
            : null;
    }

    private static Refusal? CheckRole(SignalStatement statement)
    {
        if (!statement.SubjectRole.IsProtected())
        {
            return null;
        }

        if (statement.ActionsTaken.Any(action => action.IsEnforcement()))
        {
            return new Refusal(ErrorReason.RoleForbidsEnforcement, "actions_taken");
        }

        return statement.PermittedAction > PermittedAction.ReviewRequired
            ? new Refusal(ErrorReason.RoleForbidsEnforcement, "permitted_action")
            : null;
    }

    private static Refusal? CheckPermission(SignalStatement statement) =>
        statement.PermittedAction == PermittedAction.MayBlock
        && statement is not { Status: SignalStatus.Confirmed, Precision: Precision.High }
            ? new Refusal(ErrorReason.BlockNotJustified, "permitted_action")
            : null;

    private static Refusal? CheckAudience(SignalStatement statement) =>
        statement.Audience.GroupIds.Count > 0 || Visibility.IsForEverybody(statement.Audience.ShareLevel)
            ? null
            : new Refusal(ErrorReason.AudienceEmpty, "audience.group_ids");
}
