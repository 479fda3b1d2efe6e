using System.Collections.Frozen;

namespace SignalExchange.Silo.Telemetry;

/// <summary>What a span may say. An attribute that is not named here is dropped, whichever library sets it.</summary>
/// <remarks>
/// Left out on purpose: addresses and ports of callers, paths and queries (whoever calls may write anything into them), user agents, host names.
/// </remarks>
internal static class SpanAttributes
{
    /// <summary>Attributes whose values come from closed sets, or are numbers.</summary>
    public static readonly FrozenSet<string> Plain = new[]
    {
        "error.type",
        "exception.escaped",
        "exception.type",
        "http.request.method",
        "http.response.status_code",
        "http.route",
        "network.protocol.name",
        "network.protocol.version",
        "orleans.activation.cause",
        "orleans.activation.id",
        "orleans.grain.state",
        "orleans.grain.type",
        "orleans.placement.filter.type",
        "orleans.rpc.service",
        "orleans.silo.id",
        "orleans.storage.provider",
        "orleans.storage.state.name",
        "orleans.storage.state.type",
        "rpc.method",
        "rpc.response.status_code",
        "rpc.system.name",
        "signalexchange.changes",
        "signalexchange.indicator_type",
        "signalexchange.items",
        "signalexchange.operation",
        "signalexchange.outcome",
        "signalexchange.shard",
        "url.scheme",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Attributes that name a grain, of which the type is kept.</summary>
    public static readonly FrozenSet<string> GrainIds = new[]
    {
        "orleans.grain.id",
        "orleans.rpc.source_id",
        "orleans.rpc.target_id",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Attributes that are prose, which is cut.</summary>
    public static readonly FrozenSet<string> Prose = new[]
    {
        "exception.message",
        "exception.stacktrace",
        "orleans.deactivation.reason",
    }.ToFrozenSet(StringComparer.Ordinal);
}
