using Microsoft.AspNetCore.Components.Endpoints;
using SignalExchange.WebConsole.Calls;

namespace SignalExchange.Silo.Browsers;

/// <summary>The names in the access log of pages that a request asks for.</summary>
internal static class PageNames
{
    private const string Unknown = "/console/unknown";

    /// <summary>Returns the name of the page that a request is for: its route, never what somebody wrote into its address.</summary>
    public static string Of(HttpContext http) =>
        http.GetEndpoint() is RouteEndpoint endpoint
        && endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null
        && endpoint.RoutePattern.RawText is { } route
            ? PageName.Of(route)
            : Unknown;
}
