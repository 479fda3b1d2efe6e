namespace SignalExchange.Tokens.Templates;

/// <summary>Why a text has no sketch: a problem and its fixed words, never any of the text.</summary>
/// <param name="Problem">The problem.</param>
/// <remarks>Immutable; safe from any thread.</remarks>
public readonly record struct AdRefusal(AdProblem Problem)
{
    /// <summary>Gets the problem's name for files and other languages, for example <c>AD_TOO_SHORT</c>.</summary>
    public string Code => AdProblems.CodeOf(Problem);

    /// <summary>Gets what is wrong and what to do, in one or two sentences.</summary>
    public string Text => AdProblems.TextOf(Problem);

    /// <summary>Returns code and text.</summary>
    public override string ToString() => $"{Code}: {Text}";
}
