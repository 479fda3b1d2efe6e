using System.CommandLine;

namespace SignalExchange.Cli.Commands;

/// <summary><c>sigx log</c>: the access log, for auditors, and for those who verify it without asking an exchange.</summary>
internal static class LogCommand
{
    public static Command Create()
    {
        var command = new Command("log", "Reads the access log; verifies it offline; runs a witness.");
        foreach (var part in LogAuditCommands.Create())
        {
            command.Subcommands.Add(part);
        }

        command.Subcommands.Add(LogVerifyCommand.Create());
        command.Subcommands.Add(LogCheckExportCommand.Create());
        command.Subcommands.Add(LogProofCommand.Create());
        command.Subcommands.Add(LogProveCommand.Create());
        command.Subcommands.Add(LogWitnessCommand.Create());
        command.Subcommands.Add(LogKeygenCommand.Create());
        return command;
    }
}
