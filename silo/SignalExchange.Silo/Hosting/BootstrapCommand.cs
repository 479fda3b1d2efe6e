using SignalExchange.Silo.Members;

namespace SignalExchange.Silo.Hosting;

/// <summary>
/// Enrols the consortium's first operator, once: <c>bootstrap --public-key FILE</c>, run on the server while the exchange is
/// stopped. There is no default password and no first-come-first-served.
/// </summary>
internal static class BootstrapCommand
{
    /// <summary>Runs the command.</summary>
    /// <param name="args">What stands behind "bootstrap"; other settings as for the server.</param>
    /// <returns>0 when the operator was enrolled, 1 when there is a consortium already, 2 for a wrong command line.</returns>
    public static async Task<int> Run(string[] args)
    {
        var builder = Host.CreateApplicationBuilder(args);
        if (builder.Configuration["public-key"] is not { Length: > 0 } file)
        {
            await Console.Error.WriteLineAsync("Usage: bootstrap --public-key FILE [--Exchange:DataDirectory DIR]");
            return 2;
        }

        var publicKey = PublicKeyFile.Read(file);
        var reply = await RegistryCommand.Run(builder, "/silo/bootstrap", registry => registry.Bootstrap(publicKey));
        if (reply.Error is { } error)
        {
            return await RegistryCommand.ReportRefusal("Not enrolled.", error);
        }

        await Console.Out.WriteLineAsync(
            $"Enrolled operator key {reply.Member!.Keys[0].Thumbprint} of member consortium."
        );
        return 0;
    }
}
