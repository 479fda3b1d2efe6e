namespace SignalExchange.Deploy.Tests.Schemas;

/// <summary>Where <c>./test.sh</c> puts what it installs from npm.</summary>
internal static class InstalledPackages
{
    /// <summary>Gets the folder; each package is in one of its own, with the version in its name.</summary>
    public static string Folder { get; } =
        Path.Combine(
            Environment.GetEnvironmentVariable("XDG_CACHE_HOME")
                ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
            "signalexchange"
        );
}
