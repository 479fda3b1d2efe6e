using System.Security.Cryptography;
using Google.Protobuf;
using SignalExchange.Contracts.Errors;
using SignalExchange.Grains.Members;
using SignalExchange.Grains.People;
using SignalExchange.Grains.StoredV1;
using SignalExchange.Silo.Members;
using SignalExchange.Silo.People;

namespace SignalExchange.Silo.SignIn;

/// <summary>Lets who has a one-time code set password and authenticator.</summary>
/// <remarks>
/// Credentials are written first, beside those in force; then the registry uses the code up and names them good, in one write. A process that ends
/// in between has changed nothing: code and old credentials are still good. Safe from any thread.
/// </remarks>
internal sealed class LocalEnrolment(
    MemberDirectory directory,
    MemberDirectoryRefresher refresher,
    IGrainFactory grains,
    PasswordHasher hasher,
    SealedSecrets secrets,
    TimeProvider clock
)
{
    /// <summary>Begins: the code is looked at, not used up.</summary>
    /// <param name="login">The name.</param>
    /// <param name="code">The code, or one half of it.</param>
    /// <param name="other">The other half; empty where the code is whole.</param>
    /// <returns>What to carry on; null with a wrong name or code.</returns>
    public async Task<EnrolmentTicket?> Begin(string login, string code, string other)
    {
        var person = directory.FindLogin(login.Trim().ToLowerInvariant());
        var digest = SignInCode.DigestOf(code, other);
        var hasCode = await Registry.HasCode(person?.Person.AccountId ?? "", digest); // asked in any case: it takes its time
        return person is not null && hasCode
            ? new EnrolmentTicket(person.Person.AccountId, person.Person.Login, digest, Authenticator.NewSecret())
            : null;
    }

    /// <summary>Sets password and authenticator, and uses the code up.</summary>
    /// <param name="ticket">What <see cref="Begin"/> returned.</param>
    /// <param name="password">The new password.</param>
    /// <param name="code">Six digits that show that the authenticator has the secret.</param>
    /// <param name="cancellationToken">Ends the wait until this silo knows.</param>
    public async Task<SignInOutcome> Finish(
        EnrolmentTicket ticket,
        string password,
        string code,
        CancellationToken cancellationToken
    )
    {
        var person = directory.FindPerson(ticket.AccountId);
        if (PasswordRules.Refuse(password, ticket.Login) is { } weak)
        {
            return new(person, weak);
        }

        if (person is null || Authenticator.StepOf(ticket.Secret, code, clock.GetUtcNow()) is not { } step)
        {
            return SignInOutcome.Refused(person);
        }

        var credentials = await Make(ticket, password, cancellationToken);
        await grains.GetGrain<IPersonGrain>(ticket.AccountId).Prepare(credentials, person.CredentialId, step);
        var reply = await Registry.RedeemCode(
            ticket.AccountId,
            ticket.CodeDigest,
            credentials.CredentialId.ToByteArray()
        );
        if (reply.Error is { } error)
        {
            return new(person, Refusal.From(error));
        }

        await refresher.Refresh(reply.Version, cancellationToken);
        return new(directory.FindPerson(ticket.AccountId));
    }

    private IMemberRegistryGrain Registry => grains.GetGrain<IMemberRegistryGrain>(0);

    private async Task<Credentials> Make(EnrolmentTicket ticket, string password, CancellationToken cancellationToken)
    {
        var salt = RandomNumberGenerator.GetBytes(PasswordHasher.SaltSize);
        var hash = await hasher.Hash(
            password,
            salt,
            PasswordHasher.MemoryKib,
            PasswordHasher.Passes,
            cancellationToken
        );
        return new()
        {
            CredentialId = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(SignalExchange.Contracts.SignalId.Size)),
            Salt = ByteString.CopyFrom(salt),
            Hash = ByteString.CopyFrom(hash),
            MemoryKib = PasswordHasher.MemoryKib,
            Passes = PasswordHasher.Passes,
            SealedSecret = ByteString.CopyFrom(secrets.Seal(ticket.Secret, ticket.AccountId)),
        };
    }
}
