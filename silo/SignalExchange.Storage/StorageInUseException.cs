namespace SignalExchange.Storage;

/// <summary>Another process has the data folder open. Nothing was opened.</summary>
public sealed class StorageInUseException : Exception
{
    /// <summary>Creates the exception.</summary>
    public StorageInUseException()
        : this("The storage is in use.") { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened and what to do; no content.</param>
    public StorageInUseException(string message)
        : base(message) { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened and what to do; no content.</param>
    /// <param name="innerException">What the engine reported.</param>
    public StorageInUseException(string message, Exception innerException)
        : base(message, innerException) { }
}
