namespace SignalExchange.Tokens.Templates;

/// <summary>How far a template may grow when matched variants are registered under it.</summary>
/// <remarks>
/// Growth follows a template through its edits, and would follow an attacker who leads it step by step to a phrase that
/// honest ads share. So there are few sketches, few a day, and few steps from the first. Pure; safe from any thread.
/// </remarks>
public static class AdGrowthRule
{
    /// <summary>How many sketches a template may have, its first included.</summary>
    public const int MaxSketches = 16;

    /// <summary>How many may join within 24 hours.</summary>
    public const int MaxSketchesADay = 4;

    /// <summary>How many steps a sketch may be away from the template's first.</summary>
    public const int MaxGeneration = 2;

    /// <summary>From so many agreeing bands on a variant would find nothing that its template does not.</summary>
    public const int AlikeBands = 40;

    /// <summary>Judges whether an ad may join; the first reason that forbids it is the answer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Bands or threshold are out of the ranges of <see cref="AdMatchRule.Judge"/>.</exception>
    public static AdGrowthOutcome Judge(AdGrowth growth) =>
        AdMatchRule.Judge(growth.AgreeingBands, growth.Threshold) < AdMatch.Match ? AdGrowthOutcome.TooWeak
        : growth.AgreeingBands >= AlikeBands ? AdGrowthOutcome.AddsNothing
        : growth.Generation >= MaxGeneration ? AdGrowthOutcome.TooFarFromFirst
        : growth.Sketches >= MaxSketches ? AdGrowthOutcome.TooMany
        : growth.SketchesOfLastDay >= MaxSketchesADay ? AdGrowthOutcome.TooManyToday
        : AdGrowthOutcome.Joins;
}
