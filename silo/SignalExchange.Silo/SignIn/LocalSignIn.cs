using System.Security.Cryptography;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.People;
using SignalExchange.Grains.StoredV1;
using SignalExchange.Silo.Members;

namespace SignalExchange.Silo.SignIn;

/// <summary>Signs people in by password and authenticator.</summary>
/// <remarks>
/// The attempt is counted before it is looked at, so that guesses side by side are all counted. A name that no account has is counted, written,
/// locked and hashed as well, so neither words nor time tell who has one. Safe from any thread.
/// </remarks>
internal sealed class LocalSignIn(
    MemberDirectory directory,
    IGrainFactory grains,
    PasswordHasher hasher,
    SealedSecrets secrets,
    UnknownNameAttempts unknown,
    TimeProvider clock
)
{
    // What an unknown name is compared with; nobody's password.
    private static readonly Credentials Nobody = new()
    {
        Salt = Google.Protobuf.ByteString.CopyFrom(RandomNumberGenerator.GetBytes(PasswordHasher.SaltSize)),
        Hash = Google.Protobuf.ByteString.CopyFrom(RandomNumberGenerator.GetBytes(PasswordHasher.HashSize)),
        MemoryKib = PasswordHasher.MemoryKib,
        Passes = PasswordHasher.Passes,
    };

    /// <summary>Tries to sign somebody in.</summary>
    /// <param name="login">The name, as it was typed.</param>
    /// <param name="password">The password.</param>
    /// <param name="code">The authenticator's six digits.</param>
    /// <param name="cancellationToken">Ends the wait; the attempt counts all the same.</param>
    /// <exception cref="Grpc.Core.RpcException">SIGN_IN_LOCKED: too many attempts wait on this silo.</exception>
    public async Task<SignInOutcome> SignIn(
        string login,
        string password,
        string code,
        CancellationToken cancellationToken
    )
    {
        var name = login.Trim().ToLowerInvariant();
        var person = directory.FindLogin(name);
        var attempt = person is { MayCall: true, Person.Source: PersonSource.Local }
            ? await GrainOf(person).BeginAttempt(person.CredentialId)
            : await unknown.Begin(name);
        if (attempt.RetryAfter > TimeSpan.Zero)
        {
            return SignInOutcome.Locked(person, attempt.RetryAfter);
        }

        var credentials = attempt.Credentials ?? Nobody;
        var isRight = await IsPassword(credentials, password, cancellationToken);
        return isRight && attempt.Credentials is not null && await IsCode(person!, credentials, code)
            ? new SignInOutcome(person)
            : SignInOutcome.Refused(person);
    }

    private async Task<bool> IsPassword(Credentials credentials, string password, CancellationToken cancellationToken)
    {
        // A password that is longer than any can be is not worth hashing, and must cost the same.
        var typed = password.Length <= PasswordRules.MaxLength ? password : "";
        var hash = await hasher.Hash(
            typed,
            credentials.Salt.ToByteArray(),
            credentials.MemoryKib,
            credentials.Passes,
            cancellationToken
        );
        return CryptographicOperations.FixedTimeEquals(hash, credentials.Hash.Span) && typed.Length > 0;
    }

    private async Task<bool> IsCode(KnownPerson person, Credentials credentials, string code)
    {
        var secret = secrets.Open(credentials.SealedSecret.ToByteArray(), person.Person.AccountId);
        try
        {
            return Authenticator.StepOf(secret, code, clock.GetUtcNow()) is { } step
                && await GrainOf(person).FinishAttempt(step);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    private IPersonGrain GrainOf(KnownPerson person) => grains.GetGrain<IPersonGrain>(person.Person.AccountId);
}
