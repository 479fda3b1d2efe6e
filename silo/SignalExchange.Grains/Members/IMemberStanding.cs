using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Quotas;

namespace SignalExchange.Grains.Members;

/// <summary>What grains must know of members at each call. Kept current by the host, without a grain call.</summary>
public interface IMemberStanding
{
    /// <summary>Whether the member left and its signals were withdrawn with it, all at once.</summary>
    bool HasWithdrawn(string memberId);

    /// <summary>What the member may do a day, where it differs from the exchange's defaults.</summary>
    QuotaLimits LimitsOf(string memberId);

    /// <summary>What the consortium has decided.</summary>
    Policy Policy { get; }
}
