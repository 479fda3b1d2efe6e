using SignalExchange.Client.Transport;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Administration;

/// <summary>What the consortium decides for the whole exchange: retention and thresholds, and legal holds.</summary>
/// <remarks>For operators; auditors read. Idempotent. Safe from any thread.</remarks>
public sealed class PolicyAdministration
{
    private readonly ExchangeCalls _calls;

    internal PolicyAdministration(ExchangeCalls calls) => _calls = calls;

    /// <summary>Reads the policy and the legal holds in force.</summary>
    public Task<GetPolicyResponse> GetAsync(CancellationToken cancellationToken = default) =>
        _calls.CallAsync(options => _calls.Policy.GetPolicyAsync(new(), options), cancellationToken);

    /// <summary>Sets the policy, all of it: what is absent is as the exchange's configuration has it.</summary>
    /// <returns>The policy as it is now, and what waits for a second operator; null when the act is done.</returns>
    public Task<SetPolicyResponse> SetAsync(Policy policy, CancellationToken cancellationToken = default)
    {
        var request = new SetPolicyRequest { Policy = policy };
        return _calls.CallAsync(options => _calls.Policy.SetPolicyAsync(request, options), cancellationToken);
    }

    /// <summary>Places a legal hold, or replaces the one of its name; at once.</summary>
    public Task PlaceHoldAsync(Hold hold, CancellationToken cancellationToken = default)
    {
        var request = new PlaceHoldRequest { Hold = hold };
        return _calls.CallAsync(options => _calls.Policy.PlaceHoldAsync(request, options), cancellationToken);
    }

    /// <summary>Lifts a legal hold.</summary>
    /// <param name="hold">Its name.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>What waits for a second operator; null when the act is done.</returns>
    public async Task<Approval?> LiftHoldAsync(string hold, CancellationToken cancellationToken = default)
    {
        var request = new LiftHoldRequest { HoldId = hold };
        var response = await _calls
            .CallAsync(options => _calls.Policy.LiftHoldAsync(request, options), cancellationToken)
            .ConfigureAwait(false);
        return response.Pending;
    }
}
