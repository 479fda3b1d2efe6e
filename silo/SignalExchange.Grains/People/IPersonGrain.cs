using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.People;

/// <summary>What one person signs in with, and where the person is signed in; the key is the account's id.</summary>
/// <remarks>Who the person is, and which credentials and sessions are good at all, is the registry's to say.</remarks>
[Alias("signalexchange.person")]
public interface IPersonGrain : IGrainWithStringKey
{
    /// <summary>Begins an attempt to sign in; it counts as wrong, and is written so, until it is finished.</summary>
    /// <param name="credentialId">Which credentials are good.</param>
    [Alias("BeginAttempt")]
    Task<AttemptReply> BeginAttempt(byte[] credentialId);

    /// <summary>Finishes an attempt whose password and code were right.</summary>
    /// <param name="step">The step of the authenticator's clock that the code is of.</param>
    /// <returns>False when that step or a later one was accepted before: the code was used.</returns>
    [Alias("FinishAttempt")]
    Task<bool> FinishAttempt(long step);

    /// <summary>Keeps new credentials beside those in force, until the registry says that they are good.</summary>
    /// <param name="credentials">The credentials.</param>
    /// <param name="credentialId">Those in force; empty for none.</param>
    /// <param name="step">The step of the code by which the person showed that the authenticator works.</param>
    [Alias("Prepare")]
    Task Prepare(Credentials credentials, byte[] credentialId, long step);

    /// <summary>Opens a session.</summary>
    /// <param name="idDigest">SHA-256 of its id.</param>
    /// <param name="epoch">The account's session epoch.</param>
    [Alias("OpenSession")]
    Task OpenSession(byte[] idDigest, long epoch);

    /// <summary>Whether a session is open.</summary>
    /// <param name="idDigest">SHA-256 of its id.</param>
    /// <param name="epoch">The account's session epoch; sessions of another one are over.</param>
    /// <param name="isActive">Whether its person just did something.</param>
    [Alias("HasSession")]
    Task<bool> HasSession(byte[] idDigest, long epoch, bool isActive);

    /// <summary>Ends a session. Idempotent.</summary>
    [Alias("CloseSession")]
    Task CloseSession(byte[] idDigest);
}
