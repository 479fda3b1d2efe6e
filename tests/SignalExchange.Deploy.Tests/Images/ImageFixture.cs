using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json.Nodes;

namespace SignalExchange.Deploy.Tests.Images;

/// <summary>The image as <c>dotnet publish /t:PublishContainer</c> makes it, in an archive, unpacked.</summary>
public sealed class ImageFixture : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("image-");

    /// <summary>Gets the image's configuration: what runs, as whom, with what.</summary>
    public JsonNode Configuration { get; private set; } = null!;

    /// <summary>Gets the name and tag.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Gets the digest of the layer of the base.</summary>
    public string BaseLayer { get; private set; } = "";

    /// <summary>Gets the files of the layer that lies on the base, by their path in the image.</summary>
    public IReadOnlyList<(string Path, UnixFileMode Mode)> Files { get; private set; } = [];

    /// <summary>Gets the folder that this layer was unpacked into.</summary>
    public string Root { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var registry = await BaseImageRegistry.Start(cancellationToken);
        var archive = Path.Combine(_folder.FullName, "signalexchange.tar.gz");
        var (exitCode, output, complaints) = await Commands.Run(
            Path.GetDirectoryName(DeployFiles.Root)!,
            "dotnet",
            cancellationToken,
            "publish",
            "silo/SignalExchange.Silo",
            "--configuration",
            "Release",
            "--no-build",
            "--nologo",
            "--target:PublishContainer",
            $"--property:ContainerBaseImage={registry.Image}",
            $"--property:ContainerArchiveOutputPath={archive}",
            $"--property:PublishDir={Path.Combine(_folder.FullName, "published")}/"
        );
        Assert.True(exitCode == 0, output + complaints);
        BaseLayer = registry.LayerDigest;
        await Unpack(archive, cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task Unpack(string archive, CancellationToken cancellationToken)
    {
        var parts = _folder.CreateSubdirectory("parts").FullName;
        await Extract(archive, parts, cancellationToken);
        var manifest = JsonNode.Parse(
            await File.ReadAllTextAsync(Path.Combine(parts, "manifest.json"), cancellationToken)
        )!;
        Name = (string)manifest[0]!["RepoTags"]![0]!;
        Configuration = JsonNode.Parse(
            await File.ReadAllTextAsync(Path.Combine(parts, (string)manifest[0]!["Config"]!), cancellationToken)
        )!;
        var layer = Path.Combine(parts, (string)manifest[0]!["Layers"]!.AsArray()[^1]!);
        Root = _folder.CreateSubdirectory("root").FullName;
        await Extract(layer, Root, cancellationToken);
        Files = [.. Entries(layer)];
    }

    private static async Task Extract(string archive, string folder, CancellationToken cancellationToken)
    {
        await using var tar = Open(archive);
        await TarFile.ExtractToDirectoryAsync(tar, folder, overwriteFiles: true, cancellationToken);
    }

    private static IEnumerable<(string Path, UnixFileMode Mode)> Entries(string archive)
    {
        using var tar = new TarReader(Open(archive));
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile)
            {
                yield return (entry.Name, entry.Mode);
            }
        }
    }

    // Compressed or not: archives are one or the other by the SDK's version.
    private static Stream Open(string archive)
    {
        var file = File.OpenRead(archive);
        var isGzip = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        return isGzip ? new GZipStream(file, CompressionMode.Decompress) : file;
    }
}
