namespace SignalExchange.AccessLog;

/// <summary>Too many entries wait for the log already. This one was not taken; the call it belongs to is refused, and may be tried again.</summary>
public sealed class AccessLogBusyException : Exception
{
    /// <summary>Creates the exception.</summary>
    public AccessLogBusyException()
        : this("Too many entries wait for the access log.") { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened and what to do; no content.</param>
    public AccessLogBusyException(string message)
        : base(message) { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened and what to do; no content.</param>
    /// <param name="innerException">What the engine reported.</param>
    public AccessLogBusyException(string message, Exception innerException)
        : base(message, innerException) { }
}
