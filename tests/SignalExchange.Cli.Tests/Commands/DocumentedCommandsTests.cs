using System.Text.RegularExpressions;

namespace SignalExchange.Cli.Tests.Commands;

/// <summary>Whoever copies a command of ours out of a document, at three in the morning, can run it.</summary>
public sealed class DocumentedCommandsTests
{
    // In prose between backticks, in a block at a line's beginning; there, two blanks divide the command from what is said of it.
    private const string Command =
        @"`sigx (?<line>[a-z][^`]*)`|^(?:\$ )?sigx (?<line>[a-z](?:\\\n|[^\n#`])*?)(?=   *\S|\n|$)";

    public static TheoryData<string> Commands =>
        [
            .. Documents()
                .SelectMany(file => Regex.Matches(File.ReadAllText(file), Command, RegexOptions.Multiline))
                .Select(match => Regex.Replace(match.Groups["line"].Value, @"(\\\n|\s)+", " ").Trim())
                .Where(line => !Regex.IsMatch(line, @"\.\.\.|[\[\]|*]")) // A synopsis, not a command.
                .Distinct(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_documented_command_is_understood(string line) =>
        Assert.Empty(
            SigxApp
                .Root()
                .Parse(line)
                .Errors.Select(error => error.Message)
                .Where(message => !message.Contains("required", StringComparison.OrdinalIgnoreCase)) // It is only named there.
        );

    private static IEnumerable<string> Documents()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "SignalExchange.sln")))
        {
            folder = folder.Parent;
        }

        string[] parts = ["deploy", "silo", "client-sdk", "contracts"];
        return Directory
            .EnumerateFiles(folder.FullName, "*.md")
            .Concat(
                parts.SelectMany(part =>
                    Directory.EnumerateFiles(Path.Combine(folder.FullName, part), "*.md", SearchOption.AllDirectories)
                )
            )
            .Where(file => !Regex.IsMatch(file, "/(bin|obj)/"));
    }
}
