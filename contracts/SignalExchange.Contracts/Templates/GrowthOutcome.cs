namespace SignalExchange.Contracts.Templates;

/// <summary>Whether an ad that matched a template may join it.</summary>
public enum GrowthOutcome
{
    /// <summary>It may.</summary>
    Joins = 1,

    /// <summary>The match is none, or a weak one: what grows from it may be honest.</summary>
    TooWeak = 2,

    /// <summary>It is so alike that it would find nothing new: its member stands behind the sketch that is there.</summary>
    IsThere = 3,

    /// <summary>It is an edit of an edit of an edit: a template must not wander away from what was reported.</summary>
    TooFarFromFirst = 4,

    /// <summary>The template has as many sketches as it may.</summary>
    TooMany = 5,

    /// <summary>As many joined within a day as may.</summary>
    TooManyToday = 6,
}
