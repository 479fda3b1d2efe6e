using System.Text.Json.Nodes;

namespace SignalExchange.Deploy.Tests.Release;

/// <summary>The bill of materials names every package that the exchange, or sigx, brings along, in the version that is locked.</summary>
public sealed class BillOfMaterialsTests : IDisposable
{
    private const string Exchange = "silo/SignalExchange.Silo";
    private const string Sigx = "client-sdk/SignalExchange.Cli";

    // They work while it is built, and stay behind.
    private static readonly string[] Tools = ["Meziantou.Analyzer", "Microsoft.CodeAnalysis.", "Grpc.Tools"];

    // Their packages name no licence by its identifier: the repository of the one says MIT, a file in the other is Apache 2.0.
    private static readonly string[] WithoutLicence = ["Otp.NET", "Apache.Arrow"];

    private static readonly string Root = Path.GetDirectoryName(DeployFiles.Root)!;

    private readonly string _folder = Directory.CreateTempSubdirectory("bom-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(Exchange)]
    [InlineData(Sigx)]
    public async Task Every_locked_package_is_in_it_with_its_version_a_digest_and_a_licence(string project)
    {
        var components = JsonNode.Parse(await Make(project))!["components"]!.AsArray();
        var named = components.ToDictionary(it => (string)it!["name"]!, it => it!, StringComparer.OrdinalIgnoreCase);
        var locked = Locked(project)
            .Where(it => !Tools.Any(tool => it.Name.StartsWith(tool, StringComparison.Ordinal)))
            .ToList();

        Assert.True(locked.Count > 10, $"Only {locked.Count} packages are locked.");
        Assert.Empty(locked.Where(it => (string?)named.GetValueOrDefault(it.Name)?["version"] != it.Version));
        Assert.All(
            locked,
            it =>
            {
                Assert.Equal($"pkg:nuget/{it.Name}@{it.Version}", (string?)named[it.Name]["purl"], ignoreCase: true);
                Assert.NotNull(named[it.Name]["hashes"]?[0]);
                Assert.True(named[it.Name]["licenses"]?[0] is not null || WithoutLicence.Contains(it.Name), it.Name);
            }
        );
        Assert.Equal("excluded", (string?)named["Meziantou.Analyzer"]["scope"]);
    }

    [Theory]
    [InlineData(Exchange, "SignalExchange")]
    [InlineData(Sigx, "SignalExchange.Cli")]
    public async Task It_is_of_a_form_that_scanners_know_and_says_nothing_of_the_machine(string project, string name)
    {
        var text = await Make(project);
        var bill = JsonNode.Parse(text)!;

        Assert.Equal("CycloneDX", (string?)bill["bomFormat"]);
        Assert.Equal(name, (string?)bill["metadata"]!["component"]!["name"]);
        Assert.Matches(@"^\d+\.\d+\.\d+$", (string?)bill["metadata"]!["component"]!["version"]);
        Assert.DoesNotContain(Root, text, StringComparison.Ordinal);
    }

    private async Task<string> Make(string project)
    {
        var file = Path.Combine(_folder, "bill.cdx.json");
        var (exitCode, output, complaints) = await Commands.Run(
            Root,
            Path.Combine(DeployFiles.Root, "bom.sh"),
            Ct,
            project,
            file
        );
        Assert.True(exitCode == 0, output + complaints);
        return await File.ReadAllTextAsync(file, Ct);
    }

    private static IEnumerable<(string Name, string Version)> Locked(string project) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Root, project, "packages.lock.json")))!["dependencies"]![
            "net10.0"
        ]!
            .AsObject()
            .Where(it => (string?)it.Value!["type"] != "Project")
            .Select(it => (it.Key, (string)it.Value!["resolved"]!));
}
