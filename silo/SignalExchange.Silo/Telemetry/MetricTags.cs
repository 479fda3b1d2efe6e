using OpenTelemetry.Metrics;

namespace SignalExchange.Silo.Telemetry;

/// <summary>What a metric may be split by. A tag that is not named here is dropped, whichever library sets it.</summary>
/// <remarks>Their values come from closed sets: reasons, methods, states, types of grains. None names a member, a caller or an indicator.</remarks>
internal static class MetricTags
{
    /// <summary>The tags' names.</summary>
    internal static readonly string[] Allowed =
    [
        // OpenTelemetry's conventions, as ASP.NET Core, Kestrel and the runtime use them.
        "error.type",
        "http.request.method",
        "http.response.status_code",
        "http.route",
        "network.protocol.name",
        "network.protocol.version",
        "network.transport",
        "network.type",
        "rpc.method",
        "rpc.response.status_code",
        "rpc.system.name",
        "server.port",
        "tls.protocol.version",
        "url.scheme",
        "cpu.mode",
        "gc.heap.generation",
        "dotnet.gc.heap.generation",
        "kestrel.connection.end_reason",
        "aspnetcore.routing.is_fallback",
        "aspnetcore.routing.match_status",
        // Ours.
        "category",
        "indicator_type",
        "kind",
        "operation",
        "outcome",
        "part",
        "purpose",
        "reason",
        "rule",
        "state",
        "strength",
        // Orleans'.
        "ConnectionDirection",
        "Destination",
        "Direction",
        "MessageDirection",
        "Phase",
        "directory",
        "grain_type",
        "locator",
        "mode",
        "provider_type_name",
        "result",
        "silo",
        "source",
        "state_name",
        "state_type",
        "status",
        "type",
        "via",
    ];

    private static readonly MetricStreamConfiguration OnlyAllowed = new() { TagKeys = Allowed };

    /// <summary>Drops every other tag, of every instrument that is not ours: ours have no other, and a test sees to it.</summary>
    /// <remarks>A view costs each measurement a look at each of its tags, so what every call passes has none.</remarks>
    public static MeterProviderBuilder KeepAllowedTags(this MeterProviderBuilder metrics) =>
        metrics.AddView(static instrument =>
            instrument.Meter.Name.StartsWith("SignalExchange.", StringComparison.Ordinal) ? null : OnlyAllowed
        );
}
