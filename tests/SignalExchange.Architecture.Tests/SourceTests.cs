using System.Text.RegularExpressions;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Architecture.Tests;

/// <summary>What no analyzer checks, read from the sources.</summary>
public sealed class SourceTests
{
    private static readonly string[] Secrets =
    [
        "Token",
        "Identifier",
        "byte[]",
        "ReadOnlyMemory<byte>",
        "ReadOnlySpan<byte>",
    ];

    private static IEnumerable<string> ProductSources =>
        new[] { "contracts", "client-sdk", "silo" }.SelectMany(folder => RepositoryFiles.Find(folder, "*.cs"));

    [Fact]
    public void No_log_message_takes_a_token_an_identifier_or_bytes()
    {
        var offenders =
            from path in ProductSources
            let text = File.ReadAllText(path)
            from Match message in Regex.Matches(text, @"\[LoggerMessage[\s\S]*?partial void \w+\(([\s\S]*?)\);")
            from parameter in message.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries)
            where Secrets.Contains(parameter.Split(' ')[0].TrimEnd('?'))
            select $"{Path.GetFileName(path)}: {parameter}";

        Assert.Empty(offenders);
    }

    [Fact]
    public void Every_error_reason_is_raised_somewhere()
    {
        var lines = ProductSources
            .Where(path => !path.EndsWith("ErrorCatalog.cs", StringComparison.Ordinal))
            .Where(path => !path.Contains("client-sdk", StringComparison.Ordinal)) // which only hears of them
            .SelectMany(File.ReadLines)
            .Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal));

        // What is compared with, or matched against, is raised elsewhere.
        var raised = Regex
            .Matches(
                string.Join('\n', lines),
                @"(?<!(==|!=|\bis|\bor|\bcase|\bnot|\band)\s*)\bErrorReason\.(?<name>(?>\w+))(?!\s*=>)"
            )
            .Select(match => match.Groups["name"].Value)
            .ToHashSet(StringComparer.Ordinal);

        Assert.Empty(Enum.GetValues<ErrorReason>().Where(reason => !raised.Contains($"{reason}")));
    }

    [Fact]
    public void Options_state_the_numbers_that_they_enforce()
    {
        var offenders =
            from path in ProductSources
            where path.EndsWith("Options.cs", StringComparison.Ordinal)
            let text = File.ReadAllText(path)
            from Match option in Regex.Matches(text, @"<value>([\s\S]*?)</value>[\s\S]*?(?=<summary>|\z)")
            let range = Regex.Match(option.Value, @"\[Range\(([\d_]+), ([\d_]+)\)\]")
            where range.Success
            where
                !Enumerable
                    .Range(1, 2)
                    .All(bound => Numbers(option.Groups[1].Value).Contains(Plain(range.Groups[bound].Value)))
            select $"{Path.GetFileName(path)}: {option.Groups[1].Value}";

        Assert.Empty(offenders);
    }

    [Fact]
    public void No_source_file_is_longer_than_a_reader_can_hold()
    {
        var lengths = ProductSources.Select(path => File.ReadLines(path).Count()).Order().ToList();

        Assert.InRange(lengths[lengths.Count / 2], 1, 60);
        Assert.InRange(lengths[lengths.Count * 9 / 10], 1, 170);
    }

    private static HashSet<string> Numbers(string text) =>
        [.. Regex.Matches(text, @"\d[\d,]*").Select(match => Plain(match.Value.TrimEnd(',')))];

    private static string Plain(string number) =>
        number.Replace("_", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal);
}
