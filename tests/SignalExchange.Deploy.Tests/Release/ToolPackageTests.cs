using System.IO.Compression;

namespace SignalExchange.Deploy.Tests.Release;

/// <summary>sigx is installed from the package that deploy/release.sh makes, and runs.</summary>
public sealed class ToolPackageTests : IDisposable
{
    private static readonly string Root = Path.GetDirectoryName(DeployFiles.Root)!;

    private readonly string _folder = Directory.CreateTempSubdirectory("sigx-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Sigx_is_packed_installed_and_runs_without_the_checkout()
    {
        await Dotnet(
            "pack",
            "client-sdk/SignalExchange.Cli",
            "-c",
            "Release",
            "--no-build",
            "-v",
            "quiet",
            "-o",
            _folder
        );
        var package = Assert.Single(Directory.EnumerateFiles(_folder, "*.nupkg"));
        Assert.StartsWith("SignalExchange.Cli.", Path.GetFileName(package), StringComparison.Ordinal);
        Assert.True(HoldsLibsodium(package), "The package has no libsodium for Linux.");

        // From this folder and nowhere else: the test needs no registry.
        var tools = Path.Combine(_folder, "tools");
        await Dotnet("tool", "install", "SignalExchange.Cli", "--tool-path", tools, "--source", _folder);

        var (exitCode, output, complaints) = await Commands.Run(_folder, Path.Combine(tools, "sigx"), Ct, "--help");
        Assert.True(exitCode == 0, output + complaints);
        Assert.Contains("keys", output, StringComparison.Ordinal);
        Assert.Contains("check-file", output, StringComparison.Ordinal);
    }

    private static bool HoldsLibsodium(string package)
    {
        using var zip = ZipFile.OpenRead(package);
        return zip.Entries.Any(it => it.FullName.EndsWith("linux-x64/native/libsodium.so", StringComparison.Ordinal));
    }

    private static async Task Dotnet(params string[] arguments)
    {
        var (exitCode, output, complaints) = await Commands.Run(Root, "dotnet", Ct, arguments);
        Assert.True(exitCode == 0, output + complaints);
    }
}
