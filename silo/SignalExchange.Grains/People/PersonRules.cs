using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Members;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.People;

/// <summary>The rules of people's accounts: made, given new credentials, signed out, revoked. Pure: never touches the state it is given.</summary>
internal static class PersonRules
{
    /// <summary>Makes a local account with a one-time code; for one that was invited and never came, another code.</summary>
    public static RegistryStep Invite(RegistryState state, InvitePersonAct act, DateTimeOffset now)
    {
        var request = act.Request;
        if (Refuse(state, request) is { } refusal)
        {
            return RegistryStep.Refused(refusal);
        }

        if (state.FindLogin(request.Login) is { } known)
        {
            return IsSame(known.Person, request)
                ? GiveCode(state, known.Person.AccountId, act.CodeDigest, act.AskedBy, now)
                : RegistryStep.Refused(ErrorReason.LoginTaken, "login");
        }

        return state.People.Count >= Limits.MaxPeople
            ? RegistryStep.Refused(new Refusal(ErrorReason.TooManyPeople, "", Limits.MaxPeople))
            : Insert(state, New(request, act.AccountId, now), act.CodeDigest, act.AskedBy, now);
    }

    /// <summary>Gives an account a one-time code; the old credentials stay good until it is used.</summary>
    public static RegistryStep Reset(RegistryState state, ResetPersonAct act, DateTimeOffset now) =>
        state.FindPerson(act.AccountId) switch
        {
            null => RegistryStep.Refused(ErrorReason.PersonNotFound, "account_id"),
            { Person: { Source: PersonSource.Local, State: not PersonState.Revoked } } => GiveCode(
                state,
                act.AccountId,
                act.CodeDigest,
                act.AskedBy,
                now
            ),
            _ => RegistryStep.Refused(ErrorReason.PersonStateWrong, "account_id"),
        };

    /// <summary>Ends an account for good, and its sessions with it.</summary>
    public static RegistryStep Revoke(RegistryState state, RevokePersonRequest request, DateTimeOffset now)
    {
        if (state.FindPerson(request.AccountId) is not { } known)
        {
            return RegistryStep.Refused(ErrorReason.PersonNotFound, "account_id");
        }

        return known.Person.State == PersonState.Revoked
            ? RegistryStep.Known(known.Person)
            : state.ChangePerson(request.AccountId, record => Revoke(record, now));
    }

    /// <summary>Ends every account of a member in a copy that is being made.</summary>
    public static void RevokeAll(RegistryState next, string memberId, DateTimeOffset now)
    {
        foreach (var record in next.People.Where(it => it.Person.MemberId == memberId))
        {
            if (record.Person.State != PersonState.Revoked)
            {
                Revoke(record, now);
            }
        }
    }

    /// <summary>Ends every session of an account.</summary>
    public static RegistryStep SignOut(RegistryState state, SignOutPersonRequest request) =>
        state.FindPerson(request.AccountId) is null
            ? RegistryStep.Refused(ErrorReason.PersonNotFound, "account_id")
            : state.ChangePerson(request.AccountId, static record => record.SessionEpoch++);

    /// <summary>Puts an account in its place, with a code.</summary>
    internal static RegistryStep Insert(
        RegistryState state,
        Person person,
        ByteString codeDigest,
        string askedBy,
        DateTimeOffset now
    )
    {
        var next = state.NextVersion();
        next.Insert(new PersonRecord { Person = person });
        next.FindPerson(person.AccountId)!.SetCode(codeDigest, askedBy, now);
        return RegistryStep.Changed(next, person);
    }

    /// <summary>Replaces an account's one-time code.</summary>
    internal static RegistryStep GiveCode(
        RegistryState state,
        string accountId,
        ByteString codeDigest,
        string askedBy,
        DateTimeOffset now
    ) => state.ChangePerson(accountId, record => record.SetCode(codeDigest, askedBy, now));

    private static void Revoke(PersonRecord record, DateTimeOffset now)
    {
        record.Person.State = PersonState.Revoked;
        record.Person.RevokedAt = now.ToTimestamp();
        record.SessionEpoch++;
        record.ForgetCode();
    }

    private static Refusal? Refuse(RegistryState state, InvitePersonRequest request)
    {
        if (state.FindMember(request.MemberId) is not { } member || member.HasLeft())
        {
            return new Refusal(ErrorReason.MemberNotFound, "member_id");
        }

        if (!Fits(request.Role, member))
        {
            return new Refusal(ErrorReason.RoleDoesNotFit, "role");
        }

        return request.KeyThumbprint.Length > 0 && !Operators.HasLiveKey(state, request.KeyThumbprint)
            ? new Refusal(ErrorReason.MemberKeyNotFound, "key_thumbprint")
            : null;
    }

    /// <summary>Whether a person of that member can have the role.</summary>
    internal static bool Fits(KeyRole role, Member member) =>
        member.MemberId == MemberId.Consortium.Value
            ? role is KeyRole.Operator or KeyRole.Auditor
            : role is KeyRole.MemberAdministrator;

    private static bool IsSame(Person person, InvitePersonRequest request) =>
        person.State == PersonState.Invited
        && person.MemberId == request.MemberId
        && person.Role == request.Role
        && person.KeyThumbprint == request.KeyThumbprint;

    private static Person New(InvitePersonRequest request, string accountId, DateTimeOffset now) =>
        new()
        {
            AccountId = accountId,
            Login = request.Login,
            MemberId = request.MemberId,
            Role = request.Role,
            State = PersonState.Invited,
            Source = PersonSource.Local,
            KeyThumbprint = request.KeyThumbprint,
            AddedAt = now.ToTimestamp(),
        };
}
