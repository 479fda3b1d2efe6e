namespace SignalExchange.TestKit.Azurite;

/// <summary>Where <c>./test.sh</c> installs Azurite, and the Node.js that it needs, from npm: outside the tree.</summary>
public static class AzuriteInstallation
{
    /// <summary>The version of npm's package; <c>test.sh</c> names the same.</summary>
    public const string Version = "3.37.0";

    /// <summary>The version of Node.js that Azurite runs in; <c>test.sh</c> names the same.</summary>
    public const string NodeVersion = "22.23.3";

    /// <summary>Gets the folder of npm's packages.</summary>
    public static string Folder => Path.Combine(Cache, "signalexchange", $"azurite-{Version}");

    /// <summary>Gets the program that Azurite runs in.</summary>
    public static string Node => Existing("node", "bin", "node");

    /// <summary>Gets Azurite's main module.</summary>
    public static string MainModule => Existing("azurite", "dist", "src", "azurite.js");

    private static string Cache =>
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache
            ? cache
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");

    private static string Existing(params string[] path)
    {
        var file = Path.Combine([Folder, "node_modules", .. path]);
        return File.Exists(file)
            ? file
            : throw new InvalidOperationException($"{file} is not there. ./test.sh installs it: run that once.");
    }
}
