namespace SignalExchange.Storage;

/// <summary>The storage cannot write or read: full, read-only or failing. Nothing was written.</summary>
public sealed class StorageUnavailableException : Exception
{
    /// <summary>Creates the exception.</summary>
    public StorageUnavailableException()
        : this("The storage is unavailable.") { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened and what to do; no content.</param>
    public StorageUnavailableException(string message)
        : base(message) { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened and what to do; no content.</param>
    /// <param name="innerException">What the engine reported.</param>
    public StorageUnavailableException(string message, Exception innerException)
        : base(message, innerException) { }
}
