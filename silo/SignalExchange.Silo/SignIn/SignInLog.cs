namespace SignalExchange.Silo.SignIn;

/// <summary>What is logged of signing in; who it was stands in the access log only.</summary>
internal static partial class SignInLog
{
    [LoggerMessage(
        1,
        LogLevel.Warning,
        "Somebody came back from the OpenID provider and could not be signed in: {Failure}. Compare authority, client id and clocks."
    )]
    public static partial void ProviderFailed(ILogger logger, string failure);

    [LoggerMessage(2, LogLevel.Warning, "Whether a session is still open could not be asked; it is asked again.")]
    public static partial void SessionUnknown(ILogger logger, Exception failure);
}
