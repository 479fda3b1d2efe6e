namespace SignalExchange.Tokens;

/// <summary>The key holder's answer does not fit the key that it was asked to use. No token was made of it.</summary>
/// <remarks>Never a reason to retry by itself: a key service that answers so is broken or dishonest, or its key was swapped.</remarks>
public sealed class ProofInvalidException : Exception
{
    /// <summary>Creates the exception.</summary>
    public ProofInvalidException()
        : this("The evaluation's proof does not fit the key. No token was made.") { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What does not fit, with the key's id; no content.</param>
    public ProofInvalidException(string message)
        : base(message) { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What does not fit, with the key's id; no content.</param>
    /// <param name="innerException">What was found.</param>
    public ProofInvalidException(string message, Exception innerException)
        : base(message, innerException) { }
}
