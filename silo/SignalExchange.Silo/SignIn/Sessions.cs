using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.People;
using SignalExchange.Silo.Members;

namespace SignalExchange.Silo.SignIn;

/// <summary>The sessions of people who are signed in.</summary>
/// <remarks>
/// Whether the account is good and of what epoch its sessions are, this silo knows from its copy of the registry, at no cost: a revocation
/// holds within a second. Whether a session was ended by itself, or is too old, is asked of the person's grain and believed for <see cref="Trust"/>.
/// Safe from any thread.
/// </remarks>
internal sealed class Sessions(
    MemberDirectory directory,
    IGrainFactory grains,
    IOptions<SignInOptions> options,
    TimeProvider clock
)
{
    /// <summary>How long a session is believed to be open since it was asked about.</summary>
    public static readonly TimeSpan Trust = TimeSpan.FromSeconds(5);

    // A silo that has just started, or that stood still, hears of the registry within a second or two.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ActivityStep = TimeSpan.FromSeconds(30);
    private const int IdSize = 32;
    private const int MaxRemembered = 10_000;

    private readonly ConcurrentDictionary<(string Account, string Session, long Epoch), Heard> _heard = new();

    /// <summary>Gets whether this silo knows who may call; while it does not, nobody is found, and that says nothing about a session.</summary>
    public bool IsSure => directory.IsCurrent;

    /// <summary>Gets why somebody was not found.</summary>
    public ErrorReason WhyNot => IsSure ? ErrorReason.SessionEnded : ErrorReason.NotReady;

    /// <summary>Waits until this silo knows who may call, for some seconds.</summary>
    public async Task UntilSure(CancellationToken cancellationToken)
    {
        for (var begun = clock.GetTimestamp(); !IsSure && clock.GetElapsedTime(begun) < Patience; )
        {
            await Task.Delay(Look, clock, cancellationToken);
        }
    }

    /// <summary>Opens a session for who has shown who they are; its id was never used before.</summary>
    /// <returns>The session's id: 43 characters of base64url.</returns>
    public async Task<string> Open(KnownPerson person)
    {
        var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdSize));
        await GrainOf(person.Person.AccountId).OpenSession(DigestOf(id), person.SessionEpoch);
        return id;
    }

    /// <summary>Finds whose session it is.</summary>
    /// <param name="accountId">The account that it is said to be of.</param>
    /// <param name="sessionId">Its id.</param>
    /// <param name="isActive">Whether its person just did something, as against a page that looks by itself.</param>
    /// <returns>The person; null when the session is over, or nobody can be sure.</returns>
    public async ValueTask<KnownPerson?> Find(string accountId, string sessionId, bool isActive)
    {
        if (!directory.IsCurrent || directory.FindPerson(accountId) is not { MayCall: true } person || IsBarred(person))
        {
            return null;
        }

        var key = (accountId, sessionId, person.SessionEpoch);
        var heard = _heard.GetValueOrDefault(key);
        if (heard.IsFresh(clock, isActive))
        {
            return person;
        }

        if (!await GrainOf(accountId).HasSession(DigestOf(sessionId), person.SessionEpoch, isActive))
        {
            _heard.TryRemove(key, out _);
            return null;
        }

        Remember(key, heard.Again(clock, isActive));
        return person;
    }

    /// <summary>Ends a session. Idempotent.</summary>
    public async Task Close(string accountId, string sessionId)
    {
        await GrainOf(accountId).CloseSession(DigestOf(sessionId));
        foreach (var key in _heard.Keys.Where(it => it.Account == accountId && it.Session == sessionId))
        {
            _heard.TryRemove(key, out _);
        }
    }

    // Also who came in before the site left local accounts, or by another silo that still has them.
    private bool IsBarred(KnownPerson person) =>
        person.Person.Source == PersonSource.Local && !options.Value.LocalAccounts;

    // What was not asked about for long is forgotten; if all of it is fresh there are that many people at work.
    private void Remember((string, string, long) key, Heard heard)
    {
        if (_heard.Count >= MaxRemembered)
        {
            foreach (var old in _heard.Where(it => !it.Value.IsFresh(clock, isActive: false)))
            {
                _heard.TryRemove(old.Key, out _);
            }
        }

        _heard[key] = heard;
    }

    private IPersonGrain GrainOf(string accountId) => grains.GetGrain<IPersonGrain>(accountId);

    private static byte[] DigestOf(string sessionId) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(sessionId));

    /// <summary>When the grain was last asked, and last told that the person is there; 0 for never.</summary>
    private readonly record struct Heard(long AskedAt, long ActiveAt)
    {
        public bool IsFresh(TimeProvider clock, bool isActive) =>
            AskedAt != 0
            && clock.GetElapsedTime(AskedAt) < Trust
            && (!isActive || (ActiveAt != 0 && clock.GetElapsedTime(ActiveAt) < ActivityStep));

        public Heard Again(TimeProvider clock, bool isActive) =>
            new(clock.GetTimestamp(), isActive ? clock.GetTimestamp() : ActiveAt);
    }
}
