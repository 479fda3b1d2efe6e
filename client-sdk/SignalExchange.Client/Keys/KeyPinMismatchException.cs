namespace SignalExchange.Client.Keys;

/// <summary>The exchange showed another public key for a type and epoch than the one that is pinned. Tell its operators.</summary>
/// <remarks>
/// An alarm, never a reason to retry: with a key of its own for each member a key service could recognise members, or hide signals
/// from one of them. No token was made under the key.
/// </remarks>
public sealed class KeyPinMismatchException : Exception
{
    /// <summary>Creates the exception.</summary>
    public KeyPinMismatchException()
        : this("The exchange's public key is not the one that is pinned.") { }

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
