using System.CommandLine;

namespace SignalExchange.Cli.Commands;

/// <summary><c>sigx admin backup|restore|migrate</c>: everything that the exchange stores, on its server.</summary>
/// <remarks>
/// The server's own program does it: whoever may read all that is stored has the data folder or the database's password, and needs no
/// key of a member. sigx knows neither engines nor folders, so it hands on what it is given.
/// </remarks>
internal static class AdminCommand
{
    public static Command Create() =>
        new("admin", "For whoever runs the server, on the server: all that is stored. Keys are no part of it.")
        {
            Verb("backup", "--out FILE: writes a backup beside running silos, and reads it back."),
            Verb("restore", "--from FILE: fills an empty storage from a backup, and reads it back."),
            Verb(
                "migrate",
                "--Target:Storage:Engine ENGINE --Target:...: moves to an empty storage while the exchange is stopped, and reads it back."
            ),
        };

    private static Command Verb(string name, string description)
    {
        var server = new Option<string?>("--server")
        {
            Description = "The server's program, SignalExchange.Silo.dll [SIGX_SERVER].",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable("SIGX_SERVER"),
        };
        var command = new Command(
            name,
            description + " What follows goes to the server's program, as --Exchange:DataDirectory DIR."
        )
        {
            server,
        };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(
            (parsed, cancellationToken) =>
                new ServerProgram(parsed.GetValue(server)).RunAsync(
                    [name, .. parsed.UnmatchedTokens],
                    parsed.InvocationConfiguration.Output,
                    parsed.InvocationConfiguration.Error,
                    cancellationToken
                )
        );
        return command;
    }
}
