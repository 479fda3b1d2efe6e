using SignalExchange.Reference.Protos;
using SignalExchange.Reference.Sdk;

namespace SignalExchange.Reference;

/// <summary>Every page of the reference.</summary>
internal static class Pages
{
    /// <summary>The folders that hold nothing else.</summary>
    public static readonly IReadOnlyList<string> Folders = [ProtoPages.Folder, SdkPages.Folder];

    /// <summary>Makes them from the checkout's protos, and from the documentation that its libraries were built with.</summary>
    /// <param name="root">The checkout.</param>
    public static IReadOnlyList<Page> Make(string root) => [.. ProtoPages.Make(root), .. SdkPages.Make()];

    /// <summary>Writes them, and removes what is no page any more.</summary>
    /// <param name="root">The checkout.</param>
    public static void Write(string root)
    {
        var pages = Make(root);
        foreach (var folder in Folders.Select(it => Path.Combine(root, it)))
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }

            Directory.CreateDirectory(folder);
        }

        foreach (var page in pages)
        {
            File.WriteAllText(Path.Combine(root, page.Path), page.Text);
        }
    }
}
