using SignalExchange.Tokens.Canonical;

namespace SignalExchange.Tokens;

/// <summary>Something has no canonical form. The message says why, and nothing of the content.</summary>
public sealed class IdentifierRefusedException : Exception
{
    /// <summary>Creates the exception.</summary>
    public IdentifierRefusedException()
        : this(CanonicalProblem.Malformed) { }

    /// <summary>Creates the exception.</summary>
    /// <param name="problem">What is wrong.</param>
    public IdentifierRefusedException(CanonicalProblem problem)
        : base(CanonicalProblems.Describe(problem)) => Problem = problem;

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong; no content.</param>
    public IdentifierRefusedException(string message)
        : base(message) => Problem = CanonicalProblem.Malformed;

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong; no content.</param>
    /// <param name="innerException">Why.</param>
    public IdentifierRefusedException(string message, Exception innerException)
        : base(message, innerException) => Problem = CanonicalProblem.Malformed;

    /// <summary>Gets what is wrong.</summary>
    public CanonicalProblem Problem { get; }
}
