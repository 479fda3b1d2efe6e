using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Quotas;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Members;

/// <summary>The rule of members' own quotas. Pure.</summary>
internal static class QuotaRules
{
    /// <summary>Gives a member quotas of its own, or the defaults back.</summary>
    public static RegistryStep Set(RegistryState state, SetQuotaRequest request)
    {
        var quota = request.Quota ?? new();
        if (Refuse(quota) is { } refusal)
        {
            return RegistryStep.Refused(refusal);
        }

        if (state.FindMember(request.MemberId) is not { } member)
        {
            return RegistryStep.Refused(ErrorReason.MemberNotFound, "member_id");
        }

        return WireEquality<MemberQuota>.Instance.Equals(quota, member.Quota ?? new())
            ? RegistryStep.Known(member)
            : state.Change(request.MemberId, it => it.Quota = quota.CalculateSize() == 0 ? null : quota);
    }

    private static Refusal? Refuse(MemberQuota quota) =>
        quota.EvaluationsPerDay > QuotaLimits.MaxEvaluationsPerDay
            ? OutOfRange("evaluations_per_day", QuotaLimits.MaxEvaluationsPerDay, quota.EvaluationsPerDay)
        : quota.TokensPerDay > QuotaLimits.MaxTokensPerDay
            ? OutOfRange("tokens_per_day", QuotaLimits.MaxTokensPerDay, quota.TokensPerDay)
        : quota.SubmissionsPerDay > QuotaLimits.MaxSubmissionsPerDay
            ? OutOfRange("submissions_per_day", QuotaLimits.MaxSubmissionsPerDay, quota.SubmissionsPerDay)
        : quota.WithdrawalsPerDay > QuotaLimits.MaxSubmissionsPerDay
            ? OutOfRange("withdrawals_per_day", QuotaLimits.MaxSubmissionsPerDay, quota.WithdrawalsPerDay)
        : quota.RegistrationsPerDay > QuotaLimits.MaxRegistrationsPerDay
            ? OutOfRange("registrations_per_day", QuotaLimits.MaxRegistrationsPerDay, quota.RegistrationsPerDay)
        : null;

    private static Refusal OutOfRange(string field, long limit, ulong actual) =>
        new(ErrorReason.OutOfRange, $"quota.{field}", limit, (long)Math.Min(actual, long.MaxValue));
}
