using Grpc.Core;
using SignalExchange.Contracts.Errors;
using SignalExchange.Grains.Members;
using SignalExchange.Grains.StoredV1;
using SignalExchange.Silo.AccessLog;
using SignalExchange.Silo.Errors;
using SignalExchange.Silo.Security;

namespace SignalExchange.Silo.Members;

/// <summary>Calls the registry for a service, so that a change has taken effect on this silo when it is answered.</summary>
internal sealed class RegistryCalls(
    IGrainFactory grains,
    MemberDirectoryRefresher refresher,
    ILogger<RegistryCalls> logger
)
{
    /// <summary>Gets the registry.</summary>
    public IMemberRegistryGrain Registry => grains.GetGrain<IMemberRegistryGrain>(0);

    /// <summary>Does an operator's act, or has it wait for a second operator.</summary>
    public Task<RegistryReply> Act(RegistryAct act, ServerCallContext context) =>
        Await(Registry.Act(act, context.GetCaller().Thumbprint), context);

    /// <summary>Awaits the registry's reply and its effect.</summary>
    /// <exception cref="RpcException">It was refused.</exception>
    public async Task<RegistryReply> Await(Task<RegistryReply> call, ServerCallContext context)
    {
        var reply = await call;
        if (reply.Error is { } error)
        {
            throw Refusal.From(error).ToRpcException();
        }

        Record(reply, context);
        // It is done: whether its maker still waits no longer matters.
        await refresher.Refresh(reply.Version, CancellationToken.None);
        MemberLog.Changed(
            logger,
            context.FindCaller()?.Thumbprint ?? "none",
            reply.Member?.MemberId ?? reply.Group?.GroupId ?? reply.Person?.Login ?? reply.Approval?.MemberId ?? "",
            context.Method,
            reply.Version
        );
        return reply;
    }

    private static void Record(RegistryReply reply, ServerCallContext context)
    {
        var entry = CallEntry.Of(context);
        entry.AddChanges(reply.Changes ?? []);
        if ((reply.Member?.MemberId ?? reply.Person?.MemberId ?? reply.Approval?.MemberId) is { Length: > 0 } subject)
        {
            entry.SetSubject(subject);
        }
    }
}
