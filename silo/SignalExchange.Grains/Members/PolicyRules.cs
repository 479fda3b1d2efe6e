using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Members;

/// <summary>The rule of the consortium's policy. Pure.</summary>
internal static class PolicyRules
{
    private const int MaxMonths = 600;
    private const int MinAlarmTokens = 1_000;
    private const int MaxAlarmTokens = 100_000_000;
    private const int Million = 1_000_000;

    /// <summary>Sets the policy.</summary>
    public static RegistryStep Set(RegistryState state, SetPolicyRequest request)
    {
        if (Refuse(request.Policy) is { } refusal)
        {
            return RegistryStep.Refused(refusal);
        }

        var wanted = Ordered(request.Policy);
        if (WireEquality<Policy>.Instance.Equals(wanted, state.Policy ?? new()))
        {
            return default;
        }

        var next = state.NextVersion();
        next.Policy = wanted;
        return new(next, null);
    }

    private static Refusal? Refuse(Policy policy) =>
        Check(policy.HasTrafficMonths, "traffic_months", policy.TrafficMonths, 1, MaxMonths)
        ?? Check(policy.HasAdministrationMonths, "administration_months", policy.AdministrationMonths, 1, MaxMonths)
        ?? Check(policy.HasAlarmTokens, "alarm_tokens", policy.AlarmTokens, MinAlarmTokens, MaxAlarmTokens)
        ?? Check(policy.HasAlarmHitsPerMillion, "alarm_hits_per_million", policy.AlarmHitsPerMillion, 0, Million)
        ?? CheckCountries(policy);

    private static Refusal? CheckCountries(Policy policy) =>
        policy.DeliveryRules.DistinctBy(rule => rule.Country).Count() == policy.DeliveryRules.Count
            ? null
            : new Refusal(ErrorReason.DuplicateInBatch, "policy.delivery_rules");

    private static Policy Ordered(Policy policy)
    {
        var rules = policy.DeliveryRules.OrderBy(rule => rule.Country, StringComparer.Ordinal).ToList();
        var ordered = policy.Clone();
        ordered.DeliveryRules.Clear();
        ordered.DeliveryRules.Add(rules);
        return ordered;
    }

    private static Refusal? Check(bool isSet, string field, long value, long least, long most) =>
        !isSet ? null
        : value < least ? new Refusal(ErrorReason.OutOfRange, $"policy.{field}", least, value)
        : value > most ? new Refusal(ErrorReason.OutOfRange, $"policy.{field}", most, value)
        : null;
}
