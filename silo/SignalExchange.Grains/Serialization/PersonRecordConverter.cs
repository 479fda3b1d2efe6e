using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Serialization;

/// <summary>Carries <see cref="PersonRecord"/> between silos.</summary>
[RegisterConverter]
public sealed class PersonRecordConverter() : MessageConverter<PersonRecord>(PersonRecord.Parser);
