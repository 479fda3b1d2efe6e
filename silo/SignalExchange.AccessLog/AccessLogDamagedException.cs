namespace SignalExchange.AccessLog;

/// <summary>What is stored is not what was signed: a hash, a root, a signature differs, or something is lost.</summary>
/// <remarks>Never repaired by itself. Keep the data folder as it is, and restore the log from a backup.</remarks>
public sealed class AccessLogDamagedException : Exception
{
    /// <summary>Creates the exception.</summary>
    public AccessLogDamagedException()
        : this("The access log is damaged.") { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">The path or index that is damaged, and how; no content.</param>
    public AccessLogDamagedException(string message)
        : base(message) { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">The path or index that is damaged, and how; no content.</param>
    /// <param name="innerException">What the storage reported.</param>
    public AccessLogDamagedException(string message, Exception innerException)
        : base(message, innerException) { }
}
