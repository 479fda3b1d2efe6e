using Microsoft.Extensions.Options;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Operations;
using SignalExchange.Grains.Quotas;
using SignalExchange.Silo.Members;

namespace SignalExchange.Silo.Operations;

/// <summary>What members did today, beside what they may do.</summary>
internal sealed class MemberUses(IGrainFactory grains, MemberDirectory directory, IOptions<QuotaOptions> quotas)
{
    /// <summary>Returns it by member; those that never called are not there.</summary>
    public async Task<IReadOnlyList<MemberUse>> All() =>
        [.. (await grains.GetGrain<IOperationsGrain>(0).Members()).Select(WithLimits)];

    /// <summary>Returns it of one member.</summary>
    public async Task<MemberUse> Of(string memberId)
    {
        var all = await grains.GetGrain<IOperationsGrain>(0).Members();
        return WithLimits(Array.Find(all, it => it.MemberId == memberId) ?? new() { MemberId = memberId });
    }

    private MemberUse WithLimits(MemberUse use)
    {
        var own = directory.LimitsOf(use.MemberId);
        use.EvaluationsPerDay = (ulong)(own.EvaluationsPerDay ?? quotas.Value.EvaluationsPerDay);
        use.TokensPerDay = (ulong)(own.TokensPerDay ?? quotas.Value.TokensPerDay);
        use.SubmissionsPerDay = (ulong)(own.SubmissionsPerDay ?? quotas.Value.SubmissionsPerDay);
        use.WithdrawalsPerDay = (ulong)(own.WithdrawalsPerDay ?? quotas.Value.WithdrawalsPerDay);
        use.RegistrationsPerDay = (ulong)(own.RegistrationsPerDay ?? quotas.Value.RegistrationsPerDay);
        return use;
    }
}
