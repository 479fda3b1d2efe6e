namespace SignalExchange.Silo.Keys.Rotation;

/// <summary>Another silo has taken a rotation over: this one's worker stops where it is.</summary>
public sealed class RotationLostException : Exception
{
    /// <summary>Creates the exception.</summary>
    public RotationLostException()
        : this("Another silo has taken the rotation over.") { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened.</param>
    public RotationLostException(string message)
        : base(message) { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">Why.</param>
    public RotationLostException(string message, Exception innerException)
        : base(message, innerException) { }
}
