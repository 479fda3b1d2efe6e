using System.Runtime.CompilerServices;
using SignalExchange.Clustering;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Members;
using SignalExchange.Grains.Quotas;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Silo.Members;

/// <summary>This silo's copy of the registry of members: what every call is authenticated against, without a grain call.</summary>
/// <remarks>
/// Safe from any thread. A copy that could not be refreshed for <see cref="LongestSilence"/> is not used: it fails closed. What the
/// registry answers is true of a time after it was asked, and it is from there that its age counts: a process that was stopped while
/// the answer lay there does not take it for new.
/// </remarks>
internal sealed class MemberDirectory(TimeProvider clock) : IMemberStanding
{
    /// <summary>How old the copy may be: within it a revocation takes effect on every silo, whatever fails.</summary>
    /// <remarks>
    /// Where the registry's own silo was given up by the others, within <see cref="StandingOptions.StandingLimit"/> more: until then it
    /// may believe that it is the one to ask.
    /// </remarks>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(5);

    private static readonly QuotaLimits DefaultLimits = new();

    private readonly Lock _gate = new();
    private volatile DirectoryCopy _copy = DirectoryCopy.Empty;
    private volatile StrongBox<Moment> _asked = new(Moment.Never);

    /// <summary>Gets the registry's version that this copy is of.</summary>
    public long Version => _copy.Version;

    /// <summary>Gets every member, ordered by id.</summary>
    public IReadOnlyList<Member> Members => _copy.Members;

    /// <summary>Gets every sharing group, ordered by id.</summary>
    public IReadOnlyList<Group> Groups => _copy.Groups;

    /// <summary>Gets the legal holds in force, ordered by id.</summary>
    public IReadOnlyList<Hold> Holds => _copy.Holds;

    /// <summary>Gets the accounts of people, ordered by login.</summary>
    public IReadOnlyList<Person> People => _copy.People;

    /// <summary>Gets the newest key rotations that were approved, oldest first.</summary>
    public IReadOnlyList<KeyRotationOrder> Rotations => _copy.Rotations;

    /// <inheritdoc/>
    public Policy Policy => _copy.Policy;

    /// <summary>Gets whether the registry was heard of lately enough to trust the copy.</summary>
    public bool IsCurrent => _asked.Value.AgeAt(Moment.Now(clock), clock) <= LongestSilence;

    /// <summary>Finds a live key by its thumbprint.</summary>
    public KnownKey? Find(string thumbprint) => _copy.Keys.GetValueOrDefault(thumbprint);

    /// <summary>Finds a person by the account's id.</summary>
    public KnownPerson? FindPerson(string accountId) => _copy.Persons.GetValueOrDefault(accountId);

    /// <summary>Finds a person by the login.</summary>
    public KnownPerson? FindLogin(string login) =>
        _copy.People.FirstOrDefault(it => it.Login == login) is { } person ? FindPerson(person.AccountId) : null;

    /// <inheritdoc/>
    public bool HasWithdrawn(string memberId) => _copy.Withdrawn.Contains(memberId);

    /// <inheritdoc/>
    public QuotaLimits LimitsOf(string memberId) => _copy.Limits.GetValueOrDefault(memberId, DefaultLimits);

    /// <summary>Asks the registry, and takes over what it answers: a newer version, or that there is none.</summary>
    /// <param name="ask">Asks for what is newer than a version; null when nothing is.</param>
    public async Task Ask(Func<long, Task<RegistrySnapshot?>> ask)
    {
        var asked = Moment.Now(clock);
        var snapshot = await ask(Version);
        lock (_gate)
        {
            if (snapshot is not null && snapshot.Version > _copy.Version)
            {
                _copy = DirectoryCopy.Of(snapshot);
            }

            if (asked.Timestamp > _asked.Value.Timestamp)
            {
                _asked = new(asked);
            }
        }
    }
}
