using System.Text.Json.Nodes;

namespace SignalExchange.Deploy.Tests.Azure;

/// <summary>The templates compile without a word of warning, and what they make can be reached by nobody who has no business there.</summary>
public sealed class BicepTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Files =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(DeployFiles.Root, "azure"), "*.bicep*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(Path.Combine(DeployFiles.Root, "azure"), file)),
        ];

    [Theory]
    [InlineData("build", "main.bicep")]
    [InlineData("build-params", "main.bicepparam")]
    public async Task It_compiles_without_a_warning(string command, string file)
    {
        var (exitCode, output, complaints) = await Bicep.Run(Ct, command, file, "--stdout");

        Assert.Equal("", complaints);
        Assert.Equal(0, exitCode);
        Assert.NotEmpty(output);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_file_is_formatted(string file)
    {
        var (_, output, _) = await Bicep.Run(Ct, "format", file, "--stdout");

        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(DeployFiles.Root, "azure", file), Ct), output);
    }

    [Fact]
    public async Task Vault_accounts_and_database_have_no_public_address()
    {
        var resources = await Resources();

        Assert.All(
            resources.Where(it => TypeOf(it) is "Microsoft.KeyVault/vaults" or "Microsoft.Storage/storageAccounts"),
            it =>
            {
                Assert.Equal("Disabled", (string?)it["properties"]!["publicNetworkAccess"]);
                Assert.Equal("Deny", (string?)it["properties"]!["networkAcls"]!["defaultAction"]);
            }
        );
        var database = resources.Single(it => TypeOf(it) == "Microsoft.DBforPostgreSQL/flexibleServers");
        Assert.Equal("Disabled", (string?)database["properties"]!["network"]!["publicNetworkAccess"]);
        Assert.Equal(2, resources.Count(it => TypeOf(it) == "Microsoft.Network/privateEndpoints")); // Of the vault, of each account's services.
    }

    [Fact]
    public async Task Nothing_is_opened_by_a_key_that_could_be_copied()
    {
        var resources = await Resources();

        var account = resources.Single(it => TypeOf(it) == "Microsoft.Storage/storageAccounts");
        Assert.False((bool)account["properties"]!["allowSharedKeyAccess"]!);
        Assert.False((bool)account["properties"]!["allowBlobPublicAccess"]!);
        var cluster = resources.Single(it => TypeOf(it) == "Microsoft.ContainerService/managedClusters");
        Assert.True((bool)cluster["properties"]!["disableLocalAccounts"]!);
        Assert.True((bool)cluster["properties"]!["apiServerAccessProfile"]!["enablePrivateCluster"]!);
        var vault = resources.Single(it => TypeOf(it) == "Microsoft.KeyVault/vaults");
        Assert.True((bool)vault["properties"]!["enableRbacAuthorization"]!);
        Assert.True((bool)vault["properties"]!["enablePurgeProtection"]!);
    }

    [Fact]
    public async Task From_the_internet_one_port_is_reached()
    {
        var rules = (await Resources())
            .Where(it => TypeOf(it) == "Microsoft.Network/networkSecurityGroups")
            .SelectMany(it => it["properties"]!["securityRules"]!.AsArray())
            .Where(it => (string?)it!["properties"]!["access"] == "Allow");

        Assert.Equal(["7400"], rules.Select(it => (string?)it!["properties"]!["destinationPortRange"]));
    }

    private static async Task<List<JsonNode>> Resources()
    {
        var (_, output, _) = await Bicep.Run(Ct, "build", "main.bicep", "--stdout");
        return [.. Below(JsonNode.Parse(output))];
    }

    // Modules are deployments with templates of their own; a template's resources are a list, or named.
    private static IEnumerable<JsonNode> Below(JsonNode? template)
    {
        var resources = template?["resources"] switch
        {
            JsonArray list => list.Select(it => it!),
            JsonObject named => named.Select(it => it.Value!),
            _ => [],
        };
        return resources.SelectMany(it => Below(it["properties"]?["template"]).Prepend(it));
    }

    private static string? TypeOf(JsonNode resource) => (string?)resource["type"];
}
