using System.Diagnostics;
using System.Reflection;
using Google.Protobuf.Reflection;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Reference.Protos;

/// <summary>Reads protos as their compiler does: with comments, and with what our fields declare about themselves.</summary>
internal static class ProtoFiles
{
    private static readonly string Tools = typeof(ProtoFiles)
        .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(it => it.Key == "GrpcTools")
        .Value!;

    /// <summary>Reads every proto of a folder.</summary>
    /// <param name="folder">The root of their paths.</param>
    /// <returns>The files, by path.</returns>
    /// <exception cref="InvalidOperationException">The compiler refuses them.</exception>
    public static IReadOnlyList<FileDescriptorProto> Read(string folder)
    {
        var output = Path.GetTempFileName();
        try
        {
            Compile(folder, output);
            using var stream = File.OpenRead(output);
            return
            [
                .. FileDescriptorSet
                    .Parser.WithExtensionRegistry([
                        FieldFormatExtensions.Format,
                        FieldFormatExtensions.MaxItems,
                        FieldFormatExtensions.Required,
                    ])
                    .ParseFrom(stream)
                    .File.OrderBy(file => file.Name, StringComparer.Ordinal),
            ];
        }
        finally
        {
            File.Delete(output);
        }
    }

    private static void Compile(string folder, string output)
    {
        var files = Directory
            .EnumerateFiles(folder, "*.proto", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file))
            .Order(StringComparer.Ordinal);
        using var process = Process.Start(
            new ProcessStartInfo(
                Path.Combine(Tools, "tools", "linux_x64", "protoc"),
                [
                    $"--proto_path={folder}",
                    $"--proto_path={Path.Combine(Tools, "build", "native", "include")}",
                    "--include_source_info",
                    $"--descriptor_set_out={output}",
                    .. files,
                ]
            )
            {
                UseShellExecute = false,
                RedirectStandardError = true,
            }
        )!;
        var complaints = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(complaints);
        }
    }
}
