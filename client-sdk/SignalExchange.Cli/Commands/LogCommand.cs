using System.CommandLine;

namespace SignalExchange.Cli.Commands;

/// <summary><c>sigx log</c>: the access log.</summary>
internal static class LogCommand
{
    public static Command Create()
    {
        var command = new Command("log", "The access log.");
        foreach (var part in LogAuditCommands.Create())
        {
            command.Subcommands.Add(part);
        }

        return command;
    }
}
