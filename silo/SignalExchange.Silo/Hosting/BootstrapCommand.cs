using SignalExchange.AccessLog.Writing;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Members;
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

        builder.AddExchangeCore();
        builder.AddExchangeRecords();
        using var host = builder.Build();
        var publicKey = PublicKeyFile.Read(file);
        await host.Services.OpenStorage(CancellationToken.None);
        await host.StartAsync();
        var reply = await host
            .Services.GetRequiredService<IGrainFactory>()
            .GetGrain<IMemberRegistryGrain>(0)
            .Bootstrap(publicKey);
        await Record(host.Services.GetRequiredService<IEntryWriter>(), reply);
        await host.StopAsync();
        return await Report(reply);
    }

    // Refused or done: whoever tries to become the first operator of an exchange is on record.
    private static async Task Record(IEntryWriter writer, RegistryReply reply)
    {
        var draft = writer.Begin(LogRetention.Administration);
        draft.Detail.Method = "/silo/bootstrap";
        draft.Detail.Actor = new LogActor { Kind = ActorKind.System };
        draft.Detail.SubjectMemberId = reply.Member?.MemberId ?? "";
        draft.Detail.Changes.Add(reply.Changes ?? []);
        if (reply.Error is { } error)
        {
            draft.Detail.Reason = Refusal.From(error).Reason;
            draft.Detail.StatusCode = (uint)ErrorCatalog.CodeOf(draft.Detail.Reason);
        }

        await writer.AppendAsync(draft, CancellationToken.None);
    }

    private static async Task<int> Report(RegistryReply reply)
    {
        if (reply.Error is { } error)
        {
            var refusal = Refusal.From(error);
            await Console.Error.WriteLineAsync($"Not enrolled. {ErrorCatalog.NameOf(refusal.Reason)}: {refusal}");
            return 1;
        }

        await Console.Out.WriteLineAsync(
            $"Enrolled operator key {reply.Member!.Keys[0].Thumbprint} of member consortium."
        );
        return 0;
    }
}
