using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Members;
using SignalExchange.Grains.Quotas;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Silo.Members;

/// <summary>This silo's copy of the registry of members: what every call is authenticated against, without a grain call.</summary>
/// <remarks>Safe from any thread. A copy that could not be refreshed for <see cref="LongestSilence"/> is not used: it fails closed.</remarks>
internal sealed class MemberDirectory(TimeProvider clock) : IMemberStanding
{
    /// <summary>How old the copy may be: within it a revocation takes effect on every silo, whatever fails.</summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(5);

    private static readonly QuotaLimits DefaultLimits = new();

    private readonly Lock _gate = new();
    private volatile DirectoryCopy _copy = DirectoryCopy.Empty;
    private long _heardAt = long.MinValue;

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
    public bool IsCurrent
    {
        get
        {
            var heardAt = Interlocked.Read(ref _heardAt);
            return heardAt != long.MinValue && clock.GetElapsedTime(heardAt) <= LongestSilence;
        }
    }

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

    /// <summary>Takes note that the registry answered, with a newer version or with none.</summary>
    public void Update(RegistrySnapshot? snapshot)
    {
        lock (_gate)
        {
            if (snapshot is not null && snapshot.Version > _copy.Version)
            {
                _copy = DirectoryCopy.Of(snapshot);
            }
        }

        Interlocked.Exchange(ref _heardAt, clock.GetTimestamp());
    }
}
