using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Contracts.Templates;

/// <summary>How far a template may grow when matched copies are registered under it.</summary>
/// <remarks>
/// Growth follows a template through its edits, and would follow an attacker who leads it step by step to a phrase that
/// honest ads share. So there are few sketches, few a day, and few steps from the first. Pure; safe from any thread.
/// </remarks>
public static class GrowthRule
{
    /// <summary>From so many agreeing bands on a copy would find nothing that its template does not.</summary>
    public const int AlikeBands = 40;

    /// <summary>Judges whether an ad may join; the first reason that forbids it is the answer.</summary>
    /// <param name="growth">What is known.</param>
    /// <param name="limits">As the exchange has set it.</param>
    public static GrowthOutcome Judge(Growth growth, GrowthLimits limits) =>
        growth.Strength < MatchStrength.Match ? GrowthOutcome.TooWeak
        : growth.AgreeingBands >= AlikeBands ? GrowthOutcome.IsThere
        : growth.Generation >= limits.MaxGeneration ? GrowthOutcome.TooFarFromFirst
        : growth.Sketches >= limits.MaxSketches ? GrowthOutcome.TooMany
        : growth.SketchesOfLastDay >= limits.MaxSketchesADay ? GrowthOutcome.TooManyToday
        : GrowthOutcome.Joins;

    /// <summary>Returns what a caller is told; null for an ad that joins, or is there.</summary>
    public static Refusal? RefusalOf(GrowthOutcome outcome, GrowthLimits limits) =>
        outcome switch
        {
            GrowthOutcome.TooWeak => new Refusal(ErrorReason.GrowthTooWeak, "elements"),
            GrowthOutcome.TooFarFromFirst => new Refusal(ErrorReason.GrowthTooFar, "elements"),
            GrowthOutcome.TooMany => new Refusal(ErrorReason.TooManySketches, "elements", limits.MaxSketches),
            GrowthOutcome.TooManyToday => new Refusal(
                ErrorReason.TooManySketchesToday,
                "elements",
                limits.MaxSketchesADay
            ),
            _ => null,
        };
}
