using SignalExchange.Contracts.V1;

namespace SignalExchange.Grains.Serialization;

/// <summary>Carries <see cref="WatchOverviewResponse"/> between silos.</summary>
[RegisterConverter]
public sealed class WatchOverviewResponseConverter()
    : MessageConverter<WatchOverviewResponse>(WatchOverviewResponse.Parser);
