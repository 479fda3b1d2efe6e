using Microsoft.AspNetCore.Components.Endpoints;

namespace SignalExchange.Silo.Browsers;

/// <summary>The names of pages in the access log.</summary>
internal static class PageNames
{
    private const string Unknown = "/console/unknown";

    /// <summary>Returns the name of the page that a request is for: its route, never what somebody wrote into its address.</summary>
    public static string Of(HttpContext http) =>
        http.GetEndpoint() is RouteEndpoint endpoint
        && endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null
        && endpoint.RoutePattern.RawText is { } route
            ? $"/{string.Join('/', route.Split('/', StringSplitOptions.RemoveEmptyEntries).TakeWhile(it => it[0] != '{'))}"
            : Unknown;
}
