namespace SignalExchange.Storage.AccessLog;

/// <summary>Another writer has taken the log since: this one must stop. Nothing was written.</summary>
public sealed class AccessLogFencedException : Exception
{
    /// <summary>Creates the exception.</summary>
    public AccessLogFencedException()
        : this("Another writer has the log.") { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened and what to do; no content.</param>
    public AccessLogFencedException(string message)
        : base(message) { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened and what to do; no content.</param>
    /// <param name="innerException">What the engine reported.</param>
    public AccessLogFencedException(string message, Exception innerException)
        : base(message, innerException) { }
}
