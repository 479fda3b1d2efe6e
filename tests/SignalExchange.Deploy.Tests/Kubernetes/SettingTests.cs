using System.Text.RegularExpressions;

namespace SignalExchange.Deploy.Tests.Kubernetes;

/// <summary>What the manifests, the unit and the compose file set is a setting of the exchange.</summary>
public sealed class SettingTests
{
    [Fact]
    public void Every_setting_that_is_deployed_stands_in_the_table_of_settings()
    {
        var known = Regex
            .Matches(
                DeployFiles.Read("../silo/README.md"),
                "(?:^\\| |, )`(?<name>(?:Exchange)?:[A-Za-z0-9:]+)`",
                RegexOptions.Multiline
            )
            .Select(it => it.Groups["name"].Value)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var set = Directory
            .EnumerateFiles(DeployFiles.Root, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".yaml" or ".yml" or ".service" or ".bicep" or ".env")
            .SelectMany(file => Regex.Matches(File.ReadAllText(file), "Exchange__[A-Za-z0-9_]+"))
            .Select(it => it.Value.Replace("__", ":", StringComparison.Ordinal))
            .Distinct()
            .ToList();

        Assert.NotEmpty(set);
        Assert.Empty(set.Where(it => !known.Contains(it)));
    }
}
