namespace SignalExchange.Storage;

/// <summary>The stored row is not the one expected. Nothing was written.</summary>
public sealed class StaleStateException : Exception
{
    /// <summary>Creates the exception.</summary>
    public StaleStateException()
        : this("The stored row has another version.") { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened and what to do; no content.</param>
    public StaleStateException(string message)
        : base(message) { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened and what to do; no content.</param>
    /// <param name="innerException">What the engine reported.</param>
    public StaleStateException(string message, Exception innerException)
        : base(message, innerException) { }
}
