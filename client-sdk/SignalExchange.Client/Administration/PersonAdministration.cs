using System.Runtime.CompilerServices;
using SignalExchange.Client.Transport;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Administration;

/// <summary>What the consortium's operators do with the accounts of people who sign in to the console.</summary>
/// <remarks>Accounts of the consortium wait for a second operator where one is made or gets a new code. Safe from any thread.</remarks>
public sealed class PersonAdministration
{
    private readonly ExchangeCalls _calls;

    internal PersonAdministration(ExchangeCalls calls) => _calls = calls;

    /// <summary>Makes an account and its one-time code, which is shown this once.</summary>
    /// <param name="login">The name to sign in with.</param>
    /// <param name="member">For which member; "consortium" for operators and auditors.</param>
    /// <param name="role">What the person may do.</param>
    /// <param name="operatorKey">The thumbprint of the operator key that the same human holds; empty for none.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<InvitePersonResponse> InviteAsync(
        string login,
        string member,
        KeyRole role,
        string operatorKey = "",
        CancellationToken cancellationToken = default
    )
    {
        var request = new InvitePersonRequest
        {
            Login = login,
            MemberId = member,
            Role = role,
            KeyThumbprint = operatorKey,
        };
        return _calls.CallAsync(options => _calls.People.InvitePersonAsync(request, options), cancellationToken);
    }

    /// <summary>Gives a person a new one-time code; the old credentials stay good until it is used.</summary>
    public Task<ResetPersonResponse> ResetAsync(string accountId, CancellationToken cancellationToken = default) =>
        _calls.CallAsync(
            options => _calls.People.ResetPersonAsync(new() { AccountId = accountId }, options),
            cancellationToken
        );

    /// <summary>Ends an account for good, and every session of it.</summary>
    public async Task<Person> RevokeAsync(string accountId, CancellationToken cancellationToken = default)
    {
        var request = new RevokePersonRequest { AccountId = accountId };
        var response = await _calls
            .CallAsync(options => _calls.People.RevokePersonAsync(request, options), cancellationToken)
            .ConfigureAwait(false);
        return response.Person;
    }

    /// <summary>Ends every session of an account.</summary>
    public async Task<Person> SignOutAsync(string accountId, CancellationToken cancellationToken = default)
    {
        var request = new SignOutPersonRequest { AccountId = accountId };
        var response = await _calls
            .CallAsync(options => _calls.People.SignOutPersonAsync(request, options), cancellationToken)
            .ConfigureAwait(false);
        return response.Person;
    }

    /// <summary>Lists all accounts, by login, page by page.</summary>
    public async IAsyncEnumerable<Person> ListAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var request = new ListPeopleRequest { PageSize = Limits.MaxPageSize };
        do
        {
            var response = await _calls
                .CallAsync(options => _calls.People.ListPeopleAsync(request, options), cancellationToken)
                .ConfigureAwait(false);
            foreach (var person in response.People)
            {
                yield return person;
            }

            request.PageToken = response.NextPageToken;
        } while (request.PageToken.Length > 0);
    }
}
