using YamlDotNet.RepresentationModel;

namespace SignalExchange.Deploy.Tests;

/// <summary>The files below <c>deploy/</c> of this checkout.</summary>
internal static class DeployFiles
{
    /// <summary>Gets the folder.</summary>
    public static string Root { get; } = Path.Combine(FindRoot(), "deploy");

    /// <summary>Returns a file's text, by its path below the folder.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>Returns the documents of a YAML file.</summary>
    public static IReadOnlyList<YamlNode> Yaml(string path)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(Read(path)));
        return [.. stream.Documents.Select(document => document.RootNode)];
    }

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
