using SignalExchange.Contracts.V1;

namespace SignalExchange.Grains.Serialization;

/// <summary>Carries <see cref="RequestExportRequest"/> between silos.</summary>
[RegisterConverter]
public sealed class RequestExportRequestConverter()
    : MessageConverter<RequestExportRequest>(RequestExportRequest.Parser);
