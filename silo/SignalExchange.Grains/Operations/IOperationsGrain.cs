using SignalExchange.Contracts.V1;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Operations;

/// <summary>What the exchange's silos say of themselves, brought together: one grain, key 0.</summary>
[Alias("signalexchange.operations")]
public interface IOperationsGrain : IGrainWithIntegerKey
{
    /// <summary>Takes note of how a silo does and what it did since its last report.</summary>
    [Alias("Report")]
    Task Report(SiloReport report);

    /// <summary>Returns how the exchange does: silos, the last minute, and the steps that are not over.</summary>
    [Alias("Now")]
    Task<WatchOverviewResponse> Now();

    /// <summary>Returns what was done in a span, oldest first, without gaps.</summary>
    [Alias("Steps")]
    Task<ExchangeActivity[]> Steps(OverviewSpan span);

    /// <summary>Returns what members did today.</summary>
    [Alias("Members")]
    Task<MemberUse[]> Members();
}
