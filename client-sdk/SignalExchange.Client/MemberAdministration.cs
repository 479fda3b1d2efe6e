using System.Runtime.CompilerServices;
using Google.Protobuf;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client;

/// <summary>What the consortium's operators do: members and their keys.</summary>
/// <remarks>Every change is idempotent, so a call that failed on the way can be made again. Safe from any thread.</remarks>
public sealed class MemberAdministration
{
    private readonly ExchangeCalls _calls;

    internal MemberAdministration(ExchangeCalls calls) => _calls = calls;

    /// <summary>Adds a member with its first key.</summary>
    /// <param name="member">Its id.</param>
    /// <param name="groups">The sharing groups that it belongs to, at most 64.</param>
    /// <param name="publicKey">DER SubjectPublicKeyInfo, P-256.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The member.</returns>
    public async Task<Member> AddAsync(
        MemberId member,
        IEnumerable<string> groups,
        ReadOnlyMemory<byte> publicKey,
        CancellationToken cancellationToken = default
    )
    {
        var request = new AddMemberRequest
        {
            MemberId = member.Value,
            GroupIds = { groups },
            PublicKey = ByteString.CopyFrom(publicKey.Span),
        };
        var response = await _calls
            .CallAsync(options => _calls.Members.AddMemberAsync(request, options), cancellationToken)
            .ConfigureAwait(false);
        return response.Member;
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

    /// <summary>Refuses every further call of a member; its signals stay.</summary>
    public async Task<Member> SuspendAsync(MemberId member, CancellationToken cancellationToken = default)
    {
        var request = new SuspendMemberRequest { MemberId = member.Value };
        var response = await _calls
            .CallAsync(options => _calls.Members.SuspendMemberAsync(request, options), cancellationToken)
            .ConfigureAwait(false);
        return response.Member;
    }

    /// <summary>Lets a suspended member call again.</summary>
    public async Task<Member> ReinstateAsync(MemberId member, CancellationToken cancellationToken = default)
    {
        var request = new ReinstateMemberRequest { MemberId = member.Value };
        var response = await _calls
            .CallAsync(options => _calls.Members.ReinstateMemberAsync(request, options), cancellationToken)
            .ConfigureAwait(false);
        return response.Member;
    }

    /// <summary>Adds a key to a member, for rotation or for another machine.</summary>
    /// <param name="member">The member.</param>
    /// <param name="publicKey">DER SubjectPublicKeyInfo, P-256.</param>
    /// <param name="role">What the key may do.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<Member> AddKeyAsync(
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
        return response.Member;
    }

    /// <summary>Revokes a key, for good.</summary>
    /// <param name="member">The member.</param>
    /// <param name="thumbprint">The key's RFC 7638 thumbprint.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<Member> RevokeKeyAsync(
        MemberId member,
        string thumbprint,
        CancellationToken cancellationToken = default
    )
    {
        var request = new RevokeMemberKeyRequest { MemberId = member.Value, Thumbprint = thumbprint };
        var response = await _calls
            .CallAsync(options => _calls.Members.RevokeMemberKeyAsync(request, options), cancellationToken)
            .ConfigureAwait(false);
        return response.Member;
    }
}
