using SignalExchange.Contracts.V1;

namespace SignalExchange.Grains.Serialization;

/// <summary>Carries <see cref="SignalCensus"/> between silos.</summary>
[RegisterConverter]
public sealed class SignalCensusConverter() : MessageConverter<SignalCensus>(SignalCensus.Parser);
