namespace SignalExchange.Tokens.Templates;

/// <summary>A text has no sketch and its caller had no use for a refusal.</summary>
/// <remarks>The message says what is wrong and what to do. It never holds any of the text. Immutable.</remarks>
public sealed class AdRefusedException : Exception
{
    /// <summary>Makes the exception of a refusal.</summary>
    public AdRefusedException(AdRefusal refusal)
        : base(refusal.Text) => Problem = refusal.Problem;

    /// <summary>Gets what was wrong.</summary>
    public AdProblem Problem { get; }
}
