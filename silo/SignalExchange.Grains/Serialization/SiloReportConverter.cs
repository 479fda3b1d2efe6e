using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Serialization;

/// <summary>Carries <see cref="SiloReport"/> between silos.</summary>
[RegisterConverter]
public sealed class SiloReportConverter() : MessageConverter<SiloReport>(SiloReport.Parser);
