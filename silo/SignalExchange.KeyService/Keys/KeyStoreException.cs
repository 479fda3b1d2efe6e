namespace SignalExchange.KeyService.Keys;

/// <summary>The key folder cannot be used as it is. No key was made, changed or lost.</summary>
public sealed class KeyStoreException : Exception
{
    /// <summary>Creates the exception.</summary>
    public KeyStoreException()
        : this("The key folder cannot be used.") { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">The file, what is wrong with it and what to do; no content.</param>
    public KeyStoreException(string message)
        : base(message) { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">The file, what is wrong with it and what to do; no content.</param>
    /// <param name="innerException">What the system reported.</param>
    public KeyStoreException(string message, Exception innerException)
        : base(message, innerException) { }
}
