using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Serialization;

/// <summary>Carries <see cref="Credentials"/> between silos.</summary>
[RegisterConverter]
public sealed class CredentialsConverter() : MessageConverter<Credentials>(Credentials.Parser);
