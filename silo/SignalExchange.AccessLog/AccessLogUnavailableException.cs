namespace SignalExchange.AccessLog;

/// <summary>The log did not take the entry, or not in time: no answer may leave. The entry may still turn up in the log.</summary>
public sealed class AccessLogUnavailableException : Exception
{
    /// <summary>Creates the exception.</summary>
    public AccessLogUnavailableException()
        : this("The access log is unavailable.") { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened and what to do; no content.</param>
    public AccessLogUnavailableException(string message)
        : base(message) { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened and what to do; no content.</param>
    /// <param name="innerException">What the engine reported.</param>
    public AccessLogUnavailableException(string message, Exception innerException)
        : base(message, innerException) { }
}
