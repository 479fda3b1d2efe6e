using SignalExchange.Contracts.V1;

namespace SignalExchange.Grains.Serialization;

/// <summary>Carries <see cref="Person"/> between silos.</summary>
[RegisterConverter]
public sealed class PersonConverter() : MessageConverter<Person>(Person.Parser);
