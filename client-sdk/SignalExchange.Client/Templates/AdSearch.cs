using SignalExchange.Tokens.Templates;

namespace SignalExchange.Client.Templates;

/// <summary>How thoroughly templates are looked for in an ad.</summary>
public enum AdSearch
{
    /// <summary>The ad as a whole: 48 evaluations, none for an ad that was asked about before.</summary>
    Whole = 0,

    /// <summary>
    /// The ad as a whole and, if it is long, its windows of 400 letters as well (<see cref="AdWindows"/>): finds a template inside foreign
    /// text, at up to 20 times the evaluations. For flagged or new accounts.
    /// </summary>
    Windows = 1,
}
