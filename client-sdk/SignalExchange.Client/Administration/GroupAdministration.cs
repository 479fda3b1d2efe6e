using System.Runtime.CompilerServices;
using SignalExchange.Client.Transport;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Administration;

/// <summary>What the consortium's operators do with sharing groups.</summary>
/// <remarks>Idempotent. Safe from any thread.</remarks>
public sealed class GroupAdministration
{
    private readonly ExchangeCalls _calls;

    internal GroupAdministration(ExchangeCalls calls) => _calls = calls;

    /// <summary>Sets who belongs to a group; makes it if it is new. Removal holds from the next call on.</summary>
    /// <param name="group">The group's id.</param>
    /// <param name="members">Everybody who belongs from now on.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<GroupChange> SetAsync(
        string group,
        IEnumerable<GroupMember> members,
        CancellationToken cancellationToken = default
    )
    {
        var request = new SetGroupRequest { GroupId = group, Members = { members } };
        var response = await _calls
            .CallAsync(options => _calls.Members.SetGroupAsync(request, options), cancellationToken)
            .ConfigureAwait(false);
        return new(response.Group, response.Pending);
    }

    /// <summary>Lists all groups, by id, page by page.</summary>
    public async IAsyncEnumerable<Group> ListAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var request = new ListGroupsRequest { PageSize = Limits.MaxPageSize };
        do
        {
            var response = await _calls
                .CallAsync(options => _calls.Members.ListGroupsAsync(request, options), cancellationToken)
                .ConfigureAwait(false);
            foreach (var group in response.Groups)
            {
                yield return group;
            }

            request.PageToken = response.NextPageToken;
        } while (request.PageToken.Length > 0);
    }
}
