using SignalExchange.AccessLog.Entries;
using SignalExchange.AccessLog.Writing;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Members;

namespace SignalExchange.Silo.Hosting;

/// <summary>An act on the registry by the server's own command, while the exchange is stopped.</summary>
internal static class RegistryCommand
{
    /// <summary>Does it, and records it: refused or done, whoever has the data folder is on record.</summary>
    /// <param name="builder">The command's settings.</param>
    /// <param name="method">What the entry is called.</param>
    /// <param name="act">The act.</param>
    public static async Task<RegistryReply> Run(
        HostApplicationBuilder builder,
        string method,
        Func<IMemberRegistryGrain, Task<RegistryReply>> act
    )
    {
        builder.AddExchangeCore();
        builder.AddExchangeRecords();
        using var host = builder.Build();
        await host.Services.OpenStorage(CancellationToken.None);
        await host.StartAsync();
        var writer = host.Services.GetRequiredService<IEntryWriter>();
        var draft = await Begin(writer, method);
        var reply = await act(host.Services.GetRequiredService<IGrainFactory>().GetGrain<IMemberRegistryGrain>(0));
        await Record(writer, draft, reply);
        await host.StopAsync();
        return reply;
    }

    /// <summary>Says why it was refused.</summary>
    /// <returns>Exit code 1.</returns>
    public static async Task<int> ReportRefusal(string what, ItemError error)
    {
        var refusal = Refusal.From(error);
        await Console.Error.WriteLineAsync($"{what} {ErrorCatalog.NameOf(refusal.Reason)}: {refusal}");
        return 1;
    }

    // As every act of administration: on record before it is done.
    private static async Task<EntryDraft> Begin(IEntryWriter writer, string method)
    {
        var draft = writer.BeginSystem(LogRetention.Administration, method);
        draft.Detail.BegunIndex = (ulong)(await writer.AppendAsync(draft.Begun(), CancellationToken.None)).Index;
        return draft;
    }

    private static async Task Record(IEntryWriter writer, EntryDraft draft, RegistryReply reply)
    {
        draft.Detail.SubjectMemberId = reply.Member?.MemberId ?? reply.Person?.MemberId ?? "";
        draft.Detail.Changes.Add(reply.Changes ?? []);
        if (reply.Error is { } error)
        {
            draft.Detail.Reason = Refusal.From(error).Reason;
            draft.Detail.StatusCode = (uint)ErrorCatalog.CodeOf(draft.Detail.Reason);
        }

        await writer.AppendAsync(draft, CancellationToken.None);
    }
}
