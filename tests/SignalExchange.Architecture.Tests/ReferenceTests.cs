using System.Xml.Linq;

namespace SignalExchange.Architecture.Tests;

/// <summary>The table "Who may reference whom" of ARCHITECTURE.md is what the project files say.</summary>
public sealed class ReferenceTests
{
    private const string Prefix = "SignalExchange.";
    private static readonly string[] ProductFolders = ["contracts", "client-sdk", "silo"];

    private static readonly Dictionary<string, string[]> Allowed = ReadTable();

    public static TheoryData<string> Projects =>
        [
            .. ProductFolders
                .SelectMany(folder => RepositoryFiles.Find(folder, "*.csproj"))
                .Select(path => Path.GetRelativePath(RepositoryFiles.Root, path)),
        ];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_what_the_table_allows_and_nothing_else(string path)
    {
        var project = NameOf(path);
        var actual = References(path, "ProjectReference").Select(NameOf);

        Assert.True(Allowed.ContainsKey(project), $"{project} does not stand in the table of ARCHITECTURE.md.");
        Assert.Empty(actual.Except(Allowed[project]));
    }

    [Fact]
    public void The_table_names_no_project_that_is_gone()
    {
        var projects = Projects.Select(row => NameOf(row.Data));

        Assert.Empty(Allowed.Keys.Except(projects));
    }

    [Theory]
    [InlineData("contracts/SignalExchange.Contracts", "Orleans", "AspNetCore")]
    [InlineData("contracts/SignalExchange.Tokens", "Orleans", "AspNetCore", "Grpc")]
    [InlineData("contracts/SignalExchange.TransparencyLog", "Orleans", "AspNetCore", "Grpc", "Protobuf")]
    [InlineData("client-sdk/SignalExchange.Client", "Orleans", "AspNetCore")]
    [InlineData("silo/SignalExchange.Storage", "Orleans", "Sqlite", "Npgsql", "Azure")]
    [InlineData("silo/SignalExchange.Grains", "Sqlite", "AspNetCore", "NSec")]
    [InlineData("silo/SignalExchange.Index", "Sqlite", "AspNetCore", "NSec")]
    public void A_project_inherits_no_package_that_is_not_for_it(string folder, params string[] banned)
    {
        var path = Path.Combine(folder, Path.GetFileName(folder) + ".csproj");
        var packages = References(path, "PackageReference").Concat(References(path, "FrameworkReference")).ToList();

        Assert.DoesNotContain(
            packages,
            package => banned.Any(word => package.Contains(word, StringComparison.Ordinal))
        );
    }

    [Fact]
    public void Only_tests_reference_tests() =>
        Assert.DoesNotContain(
            Projects.SelectMany(row => References(row.Data, "ProjectReference")),
            reference => reference.Contains("tests", StringComparison.Ordinal)
        );

    private static List<string> References(string path, string kind) =>
        [
            .. XDocument
                .Load(Path.Combine(RepositoryFiles.Root, path))
                .Descendants(kind)
                .Select(element => element.Attribute("Include")!.Value),
        ];

    private static string NameOf(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path.Replace('\\', '/'));
        return name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;
    }

    private static Dictionary<string, string[]> ReadTable() =>
        RepositoryFiles
            .Read("ARCHITECTURE.md")
            .Split("## Who may reference whom")[1]
            .Split("\n## ")[0]
            .Split('\n')
            .Where(line => line.StartsWith('|'))
            .Skip(2)
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .ToDictionary(
                cells => cells[1],
                cells => cells[2] == "-" ? [] : cells[2].Split(',', StringSplitOptions.TrimEntries)
            );
}
