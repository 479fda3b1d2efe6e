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

    private static int Count(RegistryState state) =>
        state
            .People.Where(it => it.Person is { Role: KeyRole.Operator, State: PersonState.Active })
            .Select(it => HumanOf(state, it.Person.AccountId))
            .Concat(LiveKeys(state))
            .Distinct(StringComparer.Ordinal)
            .Count();
}
