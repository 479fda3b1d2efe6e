using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Members;

/// <summary>What a command to the registry comes to: a new state to write, something known already, or a refusal.</summary>
/// <param name="Next">The state to write; null when nothing changes.</param>
/// <param name="Refusal">Why not; null when it is done or known.</param>
internal readonly record struct RegistryStep(RegistryState? Next, Refusal? Refusal)
{
    /// <summary>Gets the member concerned, as it is then.</summary>
    public Member? Member { get; init; }

    /// <summary>Gets the group concerned, as it is then.</summary>
    public Group? Group { get; init; }

    /// <summary>Gets the approval concerned, as it is then.</summary>
    public Approval? Approval { get; init; }

    /// <summary>Gets the account concerned, as it is then.</summary>
    public Person? Person { get; init; }

    public static RegistryStep Changed(RegistryState next, Member member) => new(next, null) { Member = member };

    public static RegistryStep Changed(RegistryState next, Group group) => new(next, null) { Group = group };

    public static RegistryStep Changed(RegistryState next, Approval approval) =>
        new(next, null) { Approval = approval };

    public static RegistryStep Changed(RegistryState next, Person person) => new(next, null) { Person = person };

    public static RegistryStep Known(Member member) => new(null, null) { Member = member };

    public static RegistryStep Known(Group group) => new(null, null) { Group = group };

    public static RegistryStep Known(Approval approval) => new(null, null) { Approval = approval };

    public static RegistryStep Known(Person person) => new(null, null) { Person = person };

    public static RegistryStep Refused(ErrorReason reason, string field) => Refused(new Refusal(reason, field));

    public static RegistryStep Refused(Refusal refusal) => new(null, refusal);
}
