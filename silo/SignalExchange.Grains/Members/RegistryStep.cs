using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Members;

/// <summary>What a command to the registry comes to: a new state to write, a member known already, or a refusal.</summary>
internal readonly record struct RegistryStep(RegistryState? Next, Member? Member, Refusal? Refusal)
{
    public static RegistryStep Changed(RegistryState next, Member member) => new(next, member, null);

    public static RegistryStep Known(Member member) => new(null, member, null);

    public static RegistryStep Refused(ErrorReason reason, string field) => Refused(new Refusal(reason, field));

    public static RegistryStep Refused(Refusal refusal) => new(null, null, refusal);
}
