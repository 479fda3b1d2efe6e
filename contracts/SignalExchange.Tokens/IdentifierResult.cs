using SignalExchange.Tokens.Canonical;

namespace SignalExchange.Tokens;

/// <summary>An identifier, or why there is none.</summary>
/// <param name="Identifier">The identifier; null when it was refused.</param>
/// <param name="Problem">Why; <see cref="CanonicalProblem.None"/> when it was accepted.</param>
public readonly record struct IdentifierResult(Identifier? Identifier, CanonicalProblem Problem)
{
    /// <summary>Gets whether there is an identifier.</summary>
    public bool IsAccepted => Identifier is not null;

    /// <summary>Returns the identifier.</summary>
    /// <exception cref="IdentifierRefusedException">It was refused; the message says why, and nothing of the content.</exception>
    public Identifier GetOrThrow() => Identifier ?? throw new IdentifierRefusedException(Problem);
}
