using Google.Protobuf;
using Microsoft.Extensions.Options;
using SignalExchange.Grains.Storage;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.People;

/// <summary>Holds one person's credentials and sessions, lets the rules beside it decide, and writes before it answers.</summary>
internal sealed class PersonGrain(
    [PersistentState("person-access", NamedGrainStorage.ProviderName)] IPersistentState<PersonAccess> storage,
    IOptions<PersonOptions> options,
    TimeProvider clock
) : Grain, IPersonGrain
{
    private DateTimeOffset Now => clock.GetUtcNow();

    public async Task<AttemptReply> BeginAttempt(byte[] credentialId)
    {
        var (next, retryAfter) = PersonLedger.Begin(storage.State, options.Value, Now);
        if (next is null)
        {
            return new(null, retryAfter);
        }

        await Write(next);
        var good = ByteString.CopyFrom(credentialId);
        return new(next.Credentials.FirstOrDefault(it => it.CredentialId == good && !good.IsEmpty));
    }

    public async Task<bool> FinishAttempt(long step) =>
        PersonLedger.Finish(storage.State, step) is { } next && await Write(next);

    public Task Prepare(Credentials credentials, byte[] credentialId, long step) =>
        Write(PersonLedger.Prepare(storage.State, credentials, ByteString.CopyFrom(credentialId), step));

    public Task OpenSession(byte[] idDigest, long epoch) =>
        Write(PersonLedger.Open(storage.State, ByteString.CopyFrom(idDigest), epoch, options.Value, Now));

    public async Task<bool> HasSession(byte[] idDigest, long epoch, bool isActive)
    {
        var session = PersonLedger.Find(storage.State, ByteString.CopyFrom(idDigest), epoch, options.Value, Now);
        if (session is not null && isActive && PersonLedger.Touch(storage.State, session, Now) is { } next)
        {
            await Write(next);
        }

        return session is not null;
    }

    public async Task CloseSession(byte[] idDigest)
    {
        if (PersonLedger.Close(storage.State, ByteString.CopyFrom(idDigest)) is { } next)
        {
            await Write(next);
        }
    }

    private async Task<bool> Write(PersonAccess next)
    {
        await storage.Replace(next, DeactivateOnIdle);
        return true;
    }
}
