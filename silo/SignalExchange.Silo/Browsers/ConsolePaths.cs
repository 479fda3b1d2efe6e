namespace SignalExchange.Silo.Browsers;

/// <summary>The console's addresses that are no pages of its own.</summary>
internal static class ConsolePaths
{
    /// <summary>Where everything of the console begins.</summary>
    public const string Root = "/console";

    /// <summary>Password and authenticator.</summary>
    public const string SignIn = "/console/sign-in";

    /// <summary>The one-time code.</summary>
    public const string Code = "/console/sign-in/code";

    /// <summary>New password and authenticator.</summary>
    public const string NewCredentials = "/console/sign-in/new";

    /// <summary>To the site's provider.</summary>
    public const string Provider = "/console/sign-in/provider";

    /// <summary>Where the provider sends people back to.</summary>
    public const string ProviderCallback = "/console/sign-in/callback";

    /// <summary>The last step of signing in by the provider.</summary>
    public const string Done = "/console/sign-in/done";

    /// <summary>Ends the session.</summary>
    public const string SignOut = "/console/sign-out";

    /// <summary>Ends all sessions of the person.</summary>
    public const string SignOutEverywhere = "/console/sign-out/everywhere";

    /// <summary>The runtime's own dashboard.</summary>
    public const string Dashboard = "/console/orleans";

    /// <summary>Says that a page is not for the reader's role.</summary>
    public const string Refused = "/console/refused";

    /// <summary>What an address to go back to is called.</summary>
    public const string ReturnUrlParameter = "returnUrl";

    /// <summary>Returns an address to go on to that lies in the console, whatever was asked for: nobody is sent anywhere else.</summary>
    public static string Local(string? asked) =>
        asked is { Length: <= 2048 } url && url.StartsWith(Root, StringComparison.Ordinal) && IsPath(url) ? url : Root;

    // A path, not a host: "/console.evil.example" is a path here, and "/console\@evil" is read by some as a host.
    private static bool IsPath(string url) =>
        (url.Length == Root.Length || url[Root.Length] is '/' or '?')
        && !url.Any(letter => char.IsControl(letter) || letter is '\\')
        && !url.StartsWith(SignIn, StringComparison.Ordinal)
        && !url.StartsWith(SignOut, StringComparison.Ordinal);
}
