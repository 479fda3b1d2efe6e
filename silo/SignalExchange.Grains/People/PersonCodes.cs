using System.Security.Cryptography;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Members;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.People;

/// <summary>The rules of one-time codes: used once, in their day, and given by the server's own command. Pure.</summary>
internal static class PersonCodes
{
    /// <summary>Uses a code: from now on the account's credentials are those of the given id, and every older session is over.</summary>
    public static RegistryStep Redeem(
        RegistryState state,
        string accountId,
        ByteString codeDigest,
        ByteString credentialId,
        DateTimeOffset now
    )
    {
        if (state.FindPerson(accountId) is not { } known || !IsGood(known, codeDigest, now))
        {
            return RegistryStep.Refused(ErrorReason.SignInRefused, "");
        }

        return Operators.WithFourEyes(
            state.ChangePerson(
                accountId,
                record =>
                {
                    record.Person.State = PersonState.Active;
                    record.CredentialId = credentialId;
                    record.SessionEpoch++;
                    record.ForgetCode();
                }
            )
        );
    }

    /// <summary>
    /// Gives a code by the server's own command: to the first account, which it makes, or to one that is there. Whoever runs it has the
    /// data folder; it makes nobody an operator who was none, but for the first.
    /// </summary>
    public static RegistryStep GiveByServer(
        RegistryState state,
        string login,
        string newAccountId,
        ByteString codeDigest,
        DateTimeOffset now
    )
    {
        if (state.FindMember(MemberId.Consortium.Value) is null)
        {
            return RegistryStep.Refused(ErrorReason.MemberNotFound, "member_id");
        }

        if (state.FindLogin(login) is { } known)
        {
            var act = new ResetPersonAct { AccountId = known.Person.AccountId, CodeDigest = codeDigest };
            return PersonRules.Reset(state, act, now);
        }

        return state.People.Count == 0
            ? PersonRules.Insert(state, First(state, login, newAccountId, now), codeDigest, "", now)
            : RegistryStep.Refused(ErrorReason.PersonNotFound, "login");
    }

    /// <summary>Whether the account has this code, and it is still good.</summary>
    public static bool IsGood(PersonRecord record, ByteString codeDigest, DateTimeOffset now) =>
        !record.CodeDigest.IsEmpty
        && CryptographicOperations.FixedTimeEquals(record.CodeDigest.Span, codeDigest.Span)
        && record.CodeExpiresAt.ToDateTimeOffset() > now;

    /// <summary>Gives an account a code.</summary>
    /// <param name="record">The account.</param>
    /// <param name="codeDigest">The digest of the code, or of its two halves.</param>
    /// <param name="askedBy">Who asked for it and has half of it; empty for a whole one.</param>
    /// <param name="now">The time.</param>
    public static void SetCode(this PersonRecord record, ByteString codeDigest, string askedBy, DateTimeOffset now)
    {
        record.CodeDigest = codeDigest;
        record.CodeAskedBy = askedBy;
        record.CodeExpiresAt = (now + Limits.SignInCodeLife).ToTimestamp();
    }

    /// <summary>Takes an account's code away.</summary>
    public static void ForgetCode(this PersonRecord record)
    {
        record.CodeDigest = ByteString.Empty;
        record.CodeExpiresAt = null;
    }

    // The holder of the bootstrap's key and the first account are one human: with two keys nobody can tell whose it is.
    private static Person First(RegistryState state, string login, string accountId, DateTimeOffset now) =>
        new()
        {
            AccountId = accountId,
            Login = login,
            MemberId = MemberId.Consortium.Value,
            Role = KeyRole.Operator,
            State = PersonState.Invited,
            Source = PersonSource.Local,
            KeyThumbprint = Operators.LiveKeys(state).ToList() is [var sole] ? sole : "",
            AddedAt = now.ToTimestamp(),
        };
}
