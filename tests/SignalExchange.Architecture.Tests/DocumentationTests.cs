using System.Text.RegularExpressions;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Architecture.Tests;

/// <summary>What the documents say, held against the sources.</summary>
public sealed class DocumentationTests
{
    [Fact]
    public void Every_csharp_block_of_a_document_is_a_compiled_region()
    {
        var regions = RepositoryFiles
            .Find("tests", "*.cs")
            .SelectMany(path => Regex.Matches(File.ReadAllText(path), @"#region \w+\n([\s\S]*?)\n *#endregion"))
            .Select(region => WithoutIndent(region.Groups[1].Value))
            .ToHashSet(StringComparer.Ordinal);
        var blocks = RepositoryFiles
            .Find(".", "*.md")
            .SelectMany(path => Regex.Matches(File.ReadAllText(path), @"```csharp\n([\s\S]*?)\n```"))
            .Select(block => block.Groups[1].Value)
            .ToList();

        Assert.NotEmpty(blocks);
        Assert.All(blocks, block => Assert.Contains(block, regions));
    }

    [Fact]
    public void Every_link_of_a_document_leads_to_a_file_and_a_heading_of_this_checkout()
    {
        var dead =
            from file in RepositoryFiles.Find(".", "*.md")
            from link in Regex.Matches(File.ReadAllText(file), @"\]\((?<path>[^)#:\s]*)(#(?<heading>[^)\s]+))?\)")
            let target = link.Groups["path"].Value is { Length: > 0 } path
                ? Path.GetFullPath(path, Path.GetDirectoryName(file)!)
                : file
            where !Path.Exists(target) || !HasHeading(target, link.Groups["heading"].Value)
            select $"{Path.GetRelativePath(RepositoryFiles.Root, file)}: {link.Value}";

        Assert.Empty(dead);
    }

    [Fact]
    public void Every_error_reason_is_documented_with_its_status_and_the_contract_agrees_with_the_catalog()
    {
        var contract = RepositoryFiles.Read("contracts/proto/signalexchange/v1/error_reason.proto");
        var documented = Regex
            .Matches(contract, @"// ([A-Z_]+): [^\n]+(?:\n  //[^\n]*)*\n  ERROR_REASON_([A-Z_]+) = ")
            .ToDictionary(match => match.Groups[2].Value, match => match.Groups[1].Value);

        Assert.All(
            Enum.GetValues<ErrorReason>().Where(reason => reason != ErrorReason.Unspecified),
            reason =>
                Assert.Equal(
                    ErrorCatalog.CodeOf(reason).ToString(),
                    documented[ErrorCatalog.NameOf(reason)].Replace("_", "", StringComparison.Ordinal),
                    ignoreCase: true
                )
        );
    }

    // As GitHub makes anchors of headings: lower case, hyphens for blanks, letters, digits and hyphens only.
    private static bool HasHeading(string file, string heading) =>
        heading.Length == 0
        || !file.EndsWith(".md", StringComparison.Ordinal)
        || Regex
            .Matches(File.ReadAllText(file), @"^#+ (?<text>.+)$", RegexOptions.Multiline)
            .Select(match => Regex.Replace(match.Groups["text"].Value.ToLowerInvariant(), @"[^\w\- ]", ""))
            .Any(text => text.Replace(' ', '-') == heading);

    private static string WithoutIndent(string text)
    {
        var lines = text.Split('\n');
        var indent = lines.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Join('\n', lines.Select(line => line.Length > 0 ? line[indent..] : line));
    }
}
