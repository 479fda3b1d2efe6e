namespace SignalExchange.Storage;

/// <summary>The data folder was written by a newer version, or is not one of ours. Nothing was opened.</summary>
public sealed class StorageFormatException : Exception
{
    /// <summary>Creates the exception.</summary>
    public StorageFormatException()
        : this("The storage has an unknown format.") { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened and what to do; no content.</param>
    public StorageFormatException(string message)
        : base(message) { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened and what to do; no content.</param>
    /// <param name="innerException">What the engine reported.</param>
    public StorageFormatException(string message, Exception innerException)
        : base(message, innerException) { }
}
