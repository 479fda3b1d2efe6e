using System.Globalization;
using System.Text;
using Google.Protobuf.Reflection;

namespace SignalExchange.Reference.Protos;

/// <summary>The pages of the contract: one a proto, and one that lists the services.</summary>
internal static class ProtoPages
{
    /// <summary>Where they lie.</summary>
    public const string Folder = "contracts/docs/api";

    private const string Protos = "contracts/proto";

    /// <summary>Makes them.</summary>
    /// <param name="root">The checkout.</param>
    public static IEnumerable<Page> Make(string root)
    {
        var files = ProtoFiles.Read(Path.Combine(root, Protos));
        var names = new TypeNames(files);
        return files.Select(file => new Page(PathOf(file), ProtoPage.Write(file, names))).Prepend(Index(files));
    }

    /// <summary>Returns the name of a proto's page, without a folder.</summary>
    public static string FileNameOf(FileDescriptorProto file) => Path.GetFileNameWithoutExtension(file.Name) + ".md";

    private static string PathOf(FileDescriptorProto file) => Path.Combine(Folder, FileNameOf(file));

    private static Page Index(IReadOnlyList<FileDescriptorProto> files)
    {
        var text = new StringBuilder(
            """
            # The contract

            Made from the protos by `dotnet run --project client-sdk/SignalExchange.Reference -- .`; a test fails when it is not what they say. Who may call
            what: [silo/README.md](../../../silo/README.md#who-may-call-what). What refusals mean: [error_reason](error_reason.md).

            | service | what it is for |
            |---|---|

            """
        );
        foreach (var file in files)
        {
            var comments = new Commented(file);
            foreach (var (place, service) in file.Service.Index())
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"| [{service.Name}]({FileNameOf(file)}) | {comments.On(Commented.Service, place)} |\n"
                );
            }
        }

        text.Append("\nWhat they share: ");
        text.AppendJoin(
            ", ",
            files
                .Where(file => file.Service.Count == 0)
                .Select(file => $"[{Path.GetFileNameWithoutExtension(file.Name)}]({FileNameOf(file)})")
        );
        return new(Path.Combine(Folder, "README.md"), text.Append(".\n").ToString());
    }
}
