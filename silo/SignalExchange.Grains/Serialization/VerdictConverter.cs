using SignalExchange.Contracts.V1;

namespace SignalExchange.Grains.Serialization;

/// <summary>Carries <see cref="Verdict"/> between silos.</summary>
[RegisterConverter]
public sealed class VerdictConverter() : MessageConverter<Verdict>(Verdict.Parser);
