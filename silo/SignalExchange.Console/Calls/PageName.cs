using System.Reflection;
using Microsoft.AspNetCore.Components;

namespace SignalExchange.WebConsole.Calls;

/// <summary>What pages are called in the access log.</summary>
public static class PageName
{
    /// <summary>Returns the name of a page.</summary>
    /// <param name="page">Its component, with one route.</param>
    public static string Of(Type page) => Of(page.GetCustomAttribute<RouteAttribute>()!.Template);

    /// <summary>Returns the name of a page: its route up to the first parameter, and never what somebody wrote into an address.</summary>
    /// <param name="route">The page's route, for example <c>/console/members/{MemberId}</c>.</param>
    public static string Of(string route) =>
        $"/{string.Join('/', route.Split('/', StringSplitOptions.RemoveEmptyEntries).TakeWhile(part => part[0] != '{'))}";
}
