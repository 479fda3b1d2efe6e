namespace SignalExchange.Storage;

/// <summary>Whether a commit happened is not known: the reply was lost. Read head and log again before anything else.</summary>
public sealed class CommitUnknownException : Exception
{
    /// <summary>Creates the exception.</summary>
    public CommitUnknownException()
        : this("The outcome of the commit is unknown.") { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened and what to do; no content.</param>
    public CommitUnknownException(string message)
        : base(message) { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened and what to do; no content.</param>
    /// <param name="innerException">What the engine reported.</param>
    public CommitUnknownException(string message, Exception innerException)
        : base(message, innerException) { }
}
