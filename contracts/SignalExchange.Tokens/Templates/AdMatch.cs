namespace SignalExchange.Tokens.Templates;

/// <summary>How well an ad fits a template: all that a member is ever told.</summary>
public enum AdMatch
{
    /// <summary>It does not.</summary>
    None = 0,

    /// <summary>In as few bands as may be: a reason to look, and no more.</summary>
    Weak = 1,

    /// <summary>An edited copy, to the best of our knowledge.</summary>
    Match = 2,

    /// <summary>A copy with hardly an edit.</summary>
    Strong = 3,
}
