using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Members;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.People;

/// <summary>Who is one operator and who are two: a human may act by a key, by an account, or by both. Pure.</summary>
internal static class Operators
{
    /// <summary>Returns what stands for the human behind a key or an account: the key, where an account says whose it is.</summary>
    public static string HumanOf(RegistryState state, string keyOrAccount) =>
        state.FindPerson(keyOrAccount) is { Person.KeyThumbprint: { Length: > 0 } key } ? key : keyOrAccount;

    /// <summary>Returns the member that a key or an account is of; null for one that the registry does not know.</summary>
    public static string? MemberOf(RegistryState state, string keyOrAccount) =>
        state.FindPerson(keyOrAccount)?.Person.MemberId
        ?? state.Members.FirstOrDefault(it => it.Keys.Any(key => key.Thumbprint == keyOrAccount))?.MemberId;

    /// <summary>Whether one of the two is an account whose one-time code the other one asked for.</summary>
    /// <remarks>
    /// Who asked had half of the code, and might have come by the other half. A human who has a key beside the account acts by that, so two operators
    /// never end up with nobody to ask.
    /// </remarks>
    public static bool AreTied(RegistryState state, string one, string other) =>
        AskedFor(state, one, other) || AskedFor(state, other, one);

    /// <summary>Returns the thumbprints of the live operator keys.</summary>
    public static IEnumerable<string> LiveKeys(RegistryState state) =>
        state
            .FindMember(MemberId.Consortium.Value)
            ?.Keys.Where(key => key is { Role: KeyRole.Operator, RevokedAt: null })
            .Select(key => key.Thumbprint)
        ?? [];

    /// <summary>Whether this is a live operator key.</summary>
    public static bool HasLiveKey(RegistryState state, string thumbprint) => LiveKeys(state).Contains(thumbprint);

    /// <summary>Turns four eyes on, for good, once a step leaves two humans who are operators.</summary>
    public static RegistryStep WithFourEyes(RegistryStep step)
    {
        if (step.Next is { } next)
        {
            next.FourEyes |= Count(next) > 1;
        }

        return step;
    }

    private static bool AskedFor(RegistryState state, string asker, string account) =>
        state.FindPerson(account) is { CodeAskedBy: { Length: > 0 } by } && HumanOf(state, by) == HumanOf(state, asker);

    private static int Count(RegistryState state) =>
        state
            .People.Where(it => it.Person is { Role: KeyRole.Operator, State: PersonState.Active })
            .Select(it => HumanOf(state, it.Person.AccountId))
            .Concat(LiveKeys(state))
            .Distinct(StringComparer.Ordinal)
            .Count();
}
