using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.StoredV1;
using SignalExchange.Silo.Security;

namespace SignalExchange.Silo.Members;

/// <summary>A person's account at one version of the registry.</summary>
internal sealed class KnownPerson(Caller caller, Member member, PersonRecord record)
{
    /// <summary>Gets the account.</summary>
    public Person Person => record.Person;

    /// <summary>Gets which credentials are good; empty for none.</summary>
    public byte[] CredentialId { get; } = record.CredentialId.ToByteArray();

    /// <summary>Gets the epoch of sessions that are not over.</summary>
    public long SessionEpoch => record.SessionEpoch;

    /// <summary>Gets whether the person may sign in, and stay so.</summary>
    public bool MayCall =>
        Person.State == PersonState.Active && (member.State is MemberState.Active or MemberState.Test);

    /// <summary>Gets what a call of this person is made as.</summary>
    public CallerIdentity Identity { get; } =
        new(caller, record.Person.Role, record.Person.AccountId, ActorKind.Person);
}
