using Grpc.Core;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Errors;
using SignalExchange.Silo.Security;

namespace SignalExchange.Silo.Members;

/// <summary>Who makes a call that lasts.</summary>
internal static class CurrentCallers
{
    /// <summary>Returns the caller of a stream as it is now: who was suspended or left a group since is not who began it.</summary>
    public static Caller RequireCaller(this MemberDirectory members, ServerCallContext context)
    {
        if (!members.IsCurrent)
        {
            throw new Refusal(ErrorReason.NotReady).ToRpcException();
        }

        return members.Find(context.GetCaller().Thumbprint) is not { } known
                ? throw new Refusal(ErrorReason.CredentialsInvalid).ToRpcException()
            : known.MayCall ? known.Identity.Caller
            : throw new Refusal(ErrorReason.MemberSuspended).ToRpcException();
    }
}
