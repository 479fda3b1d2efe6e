namespace SignalExchange.TransparencyLog.Tiles;

/// <summary>The file in which a log names its verifier key, beside its checkpoint. C2SP has none: it is a help for who tries things out.</summary>
public static class VerifierKeyFile
{
    /// <summary>Its path.</summary>
    public const string Name = "log.vkey";

    /// <summary>The most bytes that it can have.</summary>
    public const int MaxBytes = 512;
}
