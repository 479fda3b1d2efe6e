using System.Runtime.CompilerServices;
using Google.Protobuf;
using SignalExchange.Client.Transport;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Administration;

/// <summary>What the consortium's operators do with members, and members' administrators with their keys.</summary>
/// <remarks>
/// Every change is idempotent, so a call that failed on the way can be made again. Acts that need a second operator answer with
/// what waits: see <see cref="ApprovalAdministration"/>. Safe from any thread.
/// </remarks>
public sealed class MemberAdministration
{
    private readonly ExchangeCalls _calls;

    internal MemberAdministration(ExchangeCalls calls) => _calls = calls;

    /// <summary>Invites a member; an invitation again replaces the code.</summary>
    /// <param name="member">Its id.</param>
    /// <param name="jurisdictions">The countries under whose law it receives signals, ISO 3166-1 alpha-2; at least one.</param>
    /// <param name="agreement">The agreement that it must accept, for example <c>agreement-3</c>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<MemberInvitation> InviteAsync(
        MemberId member,
        IEnumerable<string> jurisdictions,
        string agreement,
        CancellationToken cancellationToken = default
    )
    {
        var request = new InviteMemberRequest
        {
            MemberId = member.Value,
            Jurisdictions = { jurisdictions },
            Agreement = agreement,
        };
        var response = await _calls
            .CallAsync(options => _calls.Members.InviteMemberAsync(request, options), cancellationToken)
            .ConfigureAwait(false);
        return new(response.Member, response.EnrolmentCode.Memory);
    }

    /// <summary>Lets a member in test mode take part.</summary>
    public async Task<MemberChange> ActivateAsync(MemberId member, CancellationToken cancellationToken = default)
    {
        var request = new ActivateMemberRequest { MemberId = member.Value };
        var response = await _calls
            .CallAsync(options => _calls.Members.ActivateMemberAsync(request, options), cancellationToken)
            .ConfigureAwait(false);
        return new(response.Member, response.Pending);
    }

    /// <summary>Adds an active member whose key the operator was given.</summary>
    /// <param name="member">Its id.</param>
    /// <param name="groups">The sharing groups that it sees and may use, at most 64.</param>
    /// <param name="publicKey">DER SubjectPublicKeyInfo, P-256.</param>
    /// <param name="jurisdictions">The countries under whose law it receives signals; none for signals that name none.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<MemberChange> AddAsync(
        MemberId member,
        IEnumerable<string> groups,
        ReadOnlyMemory<byte> publicKey,
        IEnumerable<string>? jurisdictions = null,
        CancellationToken cancellationToken = default
    )
    {
        var request = new AddMemberRequest
        {
            MemberId = member.Value,
            GroupIds = { groups },
            PublicKey = ByteString.CopyFrom(publicKey.Span),
            Jurisdictions = { jurisdictions ?? [] },
        };
        var response = await _calls
            .CallAsync(options => _calls.Members.AddMemberAsync(request, options), cancellationToken)
            .ConfigureAwait(false);
        return new(response.Member, response.Pending);
    }

    /// <summary>Lists all members, by id, page by page.</summary>
    public async IAsyncEnumerable<Member> ListAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var request = new ListMembersRequest { PageSize = Limits.MaxPageSize };
        do
        {
            var response = await _calls
                .CallAsync(options => _calls.Members.ListMembersAsync(request, options), cancellationToken)
                .ConfigureAwait(false);
            foreach (var member in response.Members)
            {
                yield return member;
            }

            request.PageToken = response.NextPageToken;
        } while (request.PageToken.Length > 0);
    }

    /// <summary>Refuses every further call of a member, at once; its signals stay.</summary>
    public async Task<Member> SuspendAsync(MemberId member, CancellationToken cancellationToken = default)
    {
        var request = new SuspendMemberRequest { MemberId = member.Value };
        var response = await _calls
            .CallAsync(options => _calls.Members.SuspendMemberAsync(request, options), cancellationToken)
            .ConfigureAwait(false);
        return response.Member;
    }

    /// <summary>Gives a member a day's quotas of its own, or the defaults back.</summary>
    /// <param name="member">The member.</param>
    /// <param name="quota">All of them; what is absent is the default.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<MemberChange> SetQuotaAsync(
        MemberId member,
        MemberQuota quota,
        CancellationToken cancellationToken = default
    )
    {
        var request = new SetQuotaRequest { MemberId = member.Value, Quota = quota };
        var response = await _calls
            .CallAsync(options => _calls.Members.SetQuotaAsync(request, options), cancellationToken)
            .ConfigureAwait(false);
        return new(response.Member, response.Pending);
    }

    /// <summary>Lets a suspended member call again.</summary>
    public async Task<MemberChange> ReinstateAsync(MemberId member, CancellationToken cancellationToken = default)
    {
        var request = new ReinstateMemberRequest { MemberId = member.Value };
        var response = await _calls
            .CallAsync(options => _calls.Members.ReinstateMemberAsync(request, options), cancellationToken)
            .ConfigureAwait(false);
        return new(response.Member, response.Pending);
    }

    /// <summary>Ends a membership for good.</summary>
    /// <param name="member">The member.</param>
    /// <param name="signals">What becomes of its signals.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<MemberChange> OffboardAsync(
        MemberId member,
        OffboardedSignals signals,
        CancellationToken cancellationToken = default
    )
    {
        var request = new OffboardMemberRequest { MemberId = member.Value, Signals = signals };
        var response = await _calls
            .CallAsync(options => _calls.Members.OffboardMemberAsync(request, options), cancellationToken)
            .ConfigureAwait(false);
        return new(response.Member, response.Pending);
    }

    /// <summary>Adds a key to a member, for rotation or for another machine.</summary>
    /// <param name="member">The member.</param>
    /// <param name="publicKey">DER SubjectPublicKeyInfo, P-256.</param>
    /// <param name="role">What the key may do.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<MemberChange> AddKeyAsync(
        MemberId member,
        ReadOnlyMemory<byte> publicKey,
        KeyRole role,
        CancellationToken cancellationToken = default
    )
    {
        var request = new AddMemberKeyRequest
        {
            MemberId = member.Value,
            PublicKey = ByteString.CopyFrom(publicKey.Span),
            Role = role,
        };
        var response = await _calls
            .CallAsync(options => _calls.Members.AddMemberKeyAsync(request, options), cancellationToken)
            .ConfigureAwait(false);
        return new(response.Member, response.Pending);
    }

    /// <summary>Revokes a key, for good.</summary>
    /// <param name="member">The member.</param>
    /// <param name="thumbprint">The key's RFC 7638 thumbprint.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<MemberChange> RevokeKeyAsync(
        MemberId member,
        string thumbprint,
        CancellationToken cancellationToken = default
    )
    {
        var request = new RevokeMemberKeyRequest { MemberId = member.Value, Thumbprint = thumbprint };
        var response = await _calls
            .CallAsync(options => _calls.Members.RevokeMemberKeyAsync(request, options), cancellationToken)
            .ConfigureAwait(false);
        return new(response.Member, response.Pending);
    }
}
