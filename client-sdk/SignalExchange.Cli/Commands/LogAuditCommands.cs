using System.CommandLine;

namespace SignalExchange.Cli.Commands;

/// <summary>What auditors do with the access log over the wire: the parts of <c>sigx log</c> that ask the exchange.</summary>
internal static class LogAuditCommands
{
    /// <summary>Returns the commands, to be put under <c>sigx log</c>.</summary>
    public static IEnumerable<Command> Create() =>
        [
            LogTailCommand.Create(),
            LogSearchCommand.Create(),
            LogRequestExportCommand.Create(),
            LogExportCommand.Create(),
            LogKeysCommand.Create(),
        ];
}
