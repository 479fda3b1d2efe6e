namespace SignalExchange.Architecture.Tests;

/// <summary>The files of this checkout.</summary>
internal static class RepositoryFiles
{
    private static readonly string[] Generated = ["bin", "obj", "artifacts", "node_modules", "data"];

    /// <summary>Gets the folder that holds SignalExchange.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Returns the text of a file, by its path from the root.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>Returns the files of a pattern below a folder, without what builds leave.</summary>
    public static IEnumerable<string> Find(string folder, string pattern) =>
        Directory
            .EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Where(path =>
                !Path.GetRelativePath(Root, path).Split(Path.DirectorySeparatorChar).Any(Generated.Contains)
            );

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SignalExchange.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName
            ?? throw new InvalidOperationException("SignalExchange.sln is in no folder above the tests.");
    }
}
