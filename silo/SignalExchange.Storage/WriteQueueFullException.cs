namespace SignalExchange.Storage;

/// <summary>Too many writes wait for the storage already. Nothing was written; try again later.</summary>
public sealed class WriteQueueFullException : Exception
{
    /// <summary>Creates the exception.</summary>
    public WriteQueueFullException()
        : this("Too many writes wait.") { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened and what to do; no content.</param>
    public WriteQueueFullException(string message)
        : base(message) { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened and what to do; no content.</param>
    /// <param name="innerException">What the engine reported.</param>
    public WriteQueueFullException(string message, Exception innerException)
        : base(message, innerException) { }
}
