namespace SignalExchange.Storage.AccessLog;

/// <summary>What is stored is not what was written: a checksum differs, or entries are missing.</summary>
public sealed class AccessLogStoredWrongException : Exception
{
    /// <summary>Creates the exception.</summary>
    public AccessLogStoredWrongException()
        : this("The stored log is damaged.") { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">The index or path, and how it is wrong; no content.</param>
    public AccessLogStoredWrongException(string message)
        : base(message) { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">The index or path, and how it is wrong; no content.</param>
    /// <param name="innerException">What the engine reported.</param>
    public AccessLogStoredWrongException(string message, Exception innerException)
        : base(message, innerException) { }
}
