using SignalExchange.Tokens.Canonical;

namespace SignalExchange.Tokens;

/// <summary>A raw text has no canonical form and its caller had no use for a refusal.</summary>
/// <remarks>The message says what is wrong and what to do. It never holds any of the text. Immutable.</remarks>
public sealed class IdentifierRefusedException : Exception
{
    /// <summary>Makes the exception of a refusal.</summary>
    public IdentifierRefusedException(CanonicalRefusal refusal)
        : base(refusal.Text) => Problem = refusal.Problem;

    /// <summary>Gets what was wrong.</summary>
    public CanonicalProblem Problem { get; }
}
