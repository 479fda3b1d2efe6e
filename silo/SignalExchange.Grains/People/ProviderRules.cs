using Google.Protobuf.WellKnownTypes;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Members;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.People;

/// <summary>The rule of people whom the site's OpenID provider vouches for: what it says of them holds, unless they were revoked here. Pure.</summary>
internal static class ProviderRules
{
    /// <summary>Records who signed in, as the provider describes them now.</summary>
    /// <param name="state">The registry.</param>
    /// <param name="seen">Account, login, member, role and key; the rest is not looked at.</param>
    /// <param name="now">The time.</param>
    public static RegistryStep Record(RegistryState state, Person seen, DateTimeOffset now)
    {
        if (state.FindMember(seen.MemberId) is not { } member || member.HasLeft())
        {
            return RegistryStep.Refused(ErrorReason.MemberNotFound, "member_id");
        }

        if (!PersonRules.Fits(seen.Role, member))
        {
            return RegistryStep.Refused(ErrorReason.RoleDoesNotFit, "role");
        }

        var key = Operators.HasLiveKey(state, seen.KeyThumbprint) ? seen.KeyThumbprint : "";
        return state.FindPerson(seen.AccountId) switch
        {
            null => Add(state, seen, key, now),
            { Person.State: PersonState.Revoked } => RegistryStep.Refused(ErrorReason.PersonStateWrong, "account_id"),
            { } known => Update(state, known.Person, seen, key),
        };
    }

    private static RegistryStep Add(RegistryState state, Person seen, string key, DateTimeOffset now)
    {
        if (state.People.Count >= Limits.MaxPeople)
        {
            return RegistryStep.Refused(new Refusal(ErrorReason.TooManyPeople, "", Limits.MaxPeople));
        }

        var person = seen.Clone();
        person.Login = state.FindLogin(seen.Login) is null ? seen.Login : Unmistakable(state, seen);
        person.KeyThumbprint = key;
        person.State = PersonState.Active;
        person.Source = PersonSource.Provider;
        person.AddedAt = now.ToTimestamp();
        var next = state.NextVersion();
        next.Insert(new PersonRecord { Person = person });
        return Operators.WithFourEyes(RegistryStep.Changed(next, person));
    }

    // A key that was once said to be theirs stays theirs: else one human could come back as two.
    private static RegistryStep Update(RegistryState state, Person known, Person seen, string key)
    {
        var kept = known.KeyThumbprint.Length > 0 ? known.KeyThumbprint : key;
        return known.Role == seen.Role && known.MemberId == seen.MemberId && known.KeyThumbprint == kept
            ? RegistryStep.Known(known)
            : Operators.WithFourEyes(
                state.ChangePerson(
                    known.AccountId,
                    record =>
                    {
                        record.Person.Role = seen.Role;
                        record.Person.MemberId = seen.MemberId;
                        record.Person.KeyThumbprint = kept;
                        record.SessionEpoch++;
                    }
                )
            );
    }

    // Two people of one name at the provider: the later one gets a number behind it.
    private static string Unmistakable(RegistryState state, Person seen)
    {
        const int Room = 27;
        var name = (seen.Login.Length <= Room ? seen.Login : seen.Login[..Room]).TrimEnd('-');
        return Enumerable
            .Range(2, Limits.MaxPeople)
            .Select(it => $"{name}-{it}")
            .First(it => state.FindLogin(it) is null);
    }
}
