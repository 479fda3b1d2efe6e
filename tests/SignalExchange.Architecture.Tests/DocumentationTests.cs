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

    private static string WithoutIndent(string text)
    {
        var lines = text.Split('\n');
        var indent = lines.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Join('\n', lines.Select(line => line.Length > 0 ? line[indent..] : line));
    }
}
