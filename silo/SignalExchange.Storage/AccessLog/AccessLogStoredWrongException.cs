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

    /// <summary>Returns what to throw when a resource that never changes is to be written with other bytes.</summary>
    /// <param name="log">The log.</param>
    /// <param name="path">The resource.</param>
    /// <param name="stored">What is there.</param>
    /// <param name="content">What was to be written.</param>
    public static AccessLogStoredWrongException Differs(
        string log,
        string path,
        ReadOnlyMemory<byte> stored,
        ReadOnlyMemory<byte> content
    ) =>
        new(
            $"{path} of log '{log}' is there already, with other bytes: {stored.Length} instead of {content.Length}, or the first "
                + $"difference is at byte {stored.Span.CommonPrefixLength(content.Span)}."
        );
}
