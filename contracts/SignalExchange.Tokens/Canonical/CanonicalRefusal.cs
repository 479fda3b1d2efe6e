namespace SignalExchange.Tokens.Canonical;

/// <summary>Why a raw text has no canonical form: a problem and its fixed words, never any of the text.</summary>
/// <param name="Problem">The problem.</param>
/// <remarks>Immutable; safe from any thread.</remarks>
public readonly record struct CanonicalRefusal(CanonicalProblem Problem)
{
    /// <summary>Gets the problem's name for files and other languages, for example <c>TOO_LONG</c>.</summary>
    public string Code => CanonicalProblems.CodeOf(Problem);

    /// <summary>Gets what is wrong and what to do, in one or two sentences.</summary>
    public string Text => CanonicalProblems.TextOf(Problem);

    /// <summary>Returns code and text.</summary>
    public override string ToString() => $"{Code}: {Text}";
}
