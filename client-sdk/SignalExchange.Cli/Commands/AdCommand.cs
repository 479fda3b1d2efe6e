using System.CommandLine;

namespace SignalExchange.Cli.Commands;

/// <summary><c>sigx ad</c>: advertisements. Their texts are sketched on this machine and never leave it.</summary>
internal static class AdCommand
{
    public static Command Create() =>
        new("ad", "Advertisements, found again when they are edited.")
        {
            AdExplainCommand.Create(),
            AdRegisterCommand.Create(),
            AdMatchCommand.Create(),
            AdWithdrawCommand.Create(),
            AdGetCommand.Create(),
        };
}
