namespace SignalExchange.Client.Keys;

/// <summary>The exchange showed another public key for a type and epoch than before. Tell its operators; use no token meanwhile.</summary>
public sealed class KeyPinMismatchException : Exception
{
    /// <summary>Creates the exception.</summary>
    public KeyPinMismatchException()
        : this("The exchange's public key is not the one that was pinned.") { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened.</param>
    public KeyPinMismatchException(string message)
        : base(message) { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">Why.</param>
    public KeyPinMismatchException(string message, Exception innerException)
        : base(message, innerException) { }
}
