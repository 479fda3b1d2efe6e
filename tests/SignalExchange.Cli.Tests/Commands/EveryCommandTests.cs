using System.CommandLine;

namespace SignalExchange.Cli.Tests.Commands;

/// <summary>What every command has, those that are still to come too.</summary>
public sealed class EveryCommandTests
{
    // These hand on what the server's own program prints.
    private const string OfTheServer = "admin";

    [Fact]
    public void Whatever_prints_prints_json_for_programs()
    {
        var commands = SigxApp
            .Root()
            .Subcommands.Where(it => it.Name != OfTheServer)
            .SelectMany(it => LeavesOf(it, it.Name))
            .ToList();

        Assert.Contains("log keygen", commands.Select(it => it.Line));
        Assert.Empty(
            commands.Where(it => it.Command.Options.All(option => option.Name != "--json")).Select(it => it.Line)
        );
    }

    private static IEnumerable<(string Line, Command Command)> LeavesOf(Command command, string line) =>
        command.Subcommands.Count == 0
            ? [(line, command)]
            : command.Subcommands.SelectMany(it => LeavesOf(it, $"{line} {it.Name}"));
}
