using Grpc.Core;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.AccessLog;

namespace SignalExchange.Silo.SignIn;

/// <summary>Records who signed in, who was refused, and who signed out. Nobody enters whose entry could not be written.</summary>
internal sealed class SignInRecorder(CallRecorder recorder)
{
    /// <summary>Somebody signed in, or tried to.</summary>
    public const string SignIn = "/console/sign-in";

    /// <summary>Somebody used a one-time code, or tried to.</summary>
    public const string FirstSignIn = "/console/sign-in/code";

    /// <summary>Somebody came from the site's provider.</summary>
    public const string ProviderSignIn = "/console/sign-in/provider";

    /// <summary>Somebody signed out.</summary>
    public const string SignOut = "/console/sign-out";

    /// <summary>Somebody ended all sessions of the own account.</summary>
    public const string SignOutEverywhere = "/console/sign-out/everywhere";

    /// <summary>Writes the entry.</summary>
    /// <param name="http">The request.</param>
    /// <param name="method">What was done; one of the constants, or a page's path.</param>
    /// <param name="outcome">Who, and what came of it.</param>
    /// <exception cref="RpcException">It could not be written; what was to be done must not be.</exception>
    public async Task Record(HttpContext http, string method, SignInOutcome outcome)
    {
        var draft = recorder.Begin(http, method);
        Describe(draft.Detail.Actor, outcome);
        if (outcome.Refusal is { } refusal)
        {
            draft.Detail.Reason = refusal.Reason;
            draft.Detail.StatusCode = (uint)ErrorCatalog.CodeOf(refusal.Reason);
        }

        await recorder.Write(draft);
    }

    // Whoever is refused is unknown, with the account that was claimed if there is one.
    private static void Describe(LogActor actor, SignInOutcome outcome)
    {
        actor.Kind = outcome.Refusal is null ? ActorKind.Person : ActorKind.Unknown;
        if (outcome.Person is { } known)
        {
            actor.MemberId = known.Person.MemberId;
            actor.KeyThumbprint = known.Person.AccountId;
            actor.Role = outcome.Refusal is null ? known.Person.Role : KeyRole.Unspecified;
        }
    }
}
