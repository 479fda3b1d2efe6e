using System.CommandLine;

namespace SignalExchange.Cli.Commands;

/// <summary><c>sigx log</c>: for auditors and witnesses of the access log. Needs no exchange, only its files.</summary>
internal static class LogCommand
{
    public static Command Create() =>
        new("log", "Verifies access logs, offline; runs a witness.")
        {
            LogVerifyCommand.Create(),
            LogProveCommand.Create(),
            LogWitnessCommand.Create(),
            LogKeygenCommand.Create(),
        };
}
