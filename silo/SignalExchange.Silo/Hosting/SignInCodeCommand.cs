using SignalExchange.Contracts.Forms;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.People;

namespace SignalExchange.Silo.Hosting;

/// <summary>
/// Gives a person a one-time code for the console: <c>sign-in-code --name NAME</c>, run on the server while the exchange is stopped. The first
/// time it makes the first operator's account; later it is how somebody who lost everything comes back.
/// </summary>
internal static class SignInCodeCommand
{
    /// <summary>Runs the command.</summary>
    /// <param name="args">What stands behind "sign-in-code"; other settings as for the server.</param>
    /// <returns>0 when there is a code, 1 when it was refused, 2 for a wrong command line.</returns>
    public static async Task<int> Run(string[] args)
    {
        var builder = Host.CreateApplicationBuilder(args);
        if (builder.Configuration["name"] is not { } name || !FieldFormats.Fits(FieldFormat.Slug, name))
        {
            await Console.Error.WriteLineAsync(
                "Usage: sign-in-code --name NAME [--Exchange:DataDirectory DIR]; NAME has 3 to 32 lower-case letters, digits and hyphens."
            );
            return 2;
        }

        var code = SignInCode.New();
        var reply = await RegistryCommand.Run(
            builder,
            "/silo/sign-in-code",
            registry => registry.GiveCodeByServer(name, AccountIds.New(), SignInCode.DigestOf(code))
        );
        if (reply.Error is { } error)
        {
            return await RegistryCommand.ReportRefusal("No code was made.", error);
        }

        await Console.Out.WriteLineAsync($"One-time code of {name}, good for a day: {code}");
        return 0;
    }
}
