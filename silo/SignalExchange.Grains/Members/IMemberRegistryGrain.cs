using Orleans.Concurrency;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Members;

/// <summary>Who takes part: one grain, key 0. Every silo keeps a copy and waits here for changes.</summary>
[Alias("signalexchange.member-registry")]
public interface IMemberRegistryGrain : IGrainWithIntegerKey
{
    /// <summary>Adds the consortium with its first operator key. Refused when there is a consortium already.</summary>
    [Alias("Bootstrap")]
    Task<RegistryReply> Bootstrap(byte[] publicKey);

    /// <summary>Invites a member, by a code that the caller made and the registry keeps a digest of.</summary>
    [Alias("Invite")]
    Task<RegistryReply> Invite(InviteMemberRequest request, byte[] code);

    /// <summary>Enrols an invited member.</summary>
    [Alias("Enrol")]
    Task<RegistryReply> Enrol(EnrolMemberRequest request);

    /// <summary>Does an operator's act, or keeps it until a second operator has approved it.</summary>
    [Alias("Act")]
    Task<RegistryReply> Act(RegistryAct act, string operatorKey);

    /// <summary>Approves what another operator asked for, as it was shown, and does it.</summary>
    [Alias("Approve")]
    Task<RegistryReply> Approve(Consent consent);

    /// <summary>Refuses what an operator asked for.</summary>
    [Alias("Refuse")]
    Task<RegistryReply> Refuse(byte[] approvalId, string operatorKey);

    /// <summary>Looks whether an export may be made now: approved for this key, or nobody is there to approve it.</summary>
    [Alias("CheckExport")]
    Task<RegistryReply> CheckExport(RequestExportRequest export, byte[] approvalId, string auditorKey);

    /// <summary>Whether an account has this one-time code, and it is still good.</summary>
    [AlwaysInterleave]
    [Alias("HasCode")]
    Task<bool> HasCode(string accountId, byte[] codeDigest);

    /// <summary>Uses a one-time code: the account's credentials are those of the given id from now on.</summary>
    [Alias("RedeemCode")]
    Task<RegistryReply> RedeemCode(string accountId, byte[] codeDigest, byte[] credentialId);

    /// <summary>Gives an account a one-time code by the server's own command; makes the first account.</summary>
    [Alias("GiveCodeByServer")]
    Task<RegistryReply> GiveCodeByServer(string login, string newAccountId, byte[] codeDigest);

    /// <summary>Records a person whom the site's OpenID provider vouches for.</summary>
    [Alias("RecordProviderPerson")]
    Task<RegistryReply> RecordProviderPerson(Person person);

    /// <summary>Lists what was asked for, newest first, with what it would change now.</summary>
    [AlwaysInterleave]
    [Alias("Approvals")]
    Task<Approval[]> Approvals();

    /// <summary>Counts what waits for a second operator.</summary>
    [AlwaysInterleave]
    [Alias("PendingApprovals")]
    Task<int> PendingApprovals();

    /// <summary>Waits until the registry's version is greater than the one known, at most a second.</summary>
    /// <returns>The registry; null when nothing changed in that time. True of a time after it was asked.</returns>
    /// <exception cref="SiloUnavailableException">Its silo shares its storage and does not know whether it still is a member.</exception>
    [AlwaysInterleave]
    [Alias("WaitForChange")]
    Task<RegistrySnapshot?> WaitForChange(long knownVersion, CancellationToken cancellationToken);
}
