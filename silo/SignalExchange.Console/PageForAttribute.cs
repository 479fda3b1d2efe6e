using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using SignalExchange.Contracts.V1;

namespace SignalExchange.WebConsole;

/// <summary>Says which roles may open a page. The same stands in silo/README.md; a test compares the two.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PageForAttribute : AuthorizeAttribute
{
    /// <summary>Says it.</summary>
    public PageForAttribute(params KeyRole[] roles)
    {
        For = roles;
        Roles = string.Join(',', roles);
    }

    /// <summary>Gets the roles.</summary>
    public IReadOnlyList<KeyRole> For { get; }

    /// <summary>Returns the roles that may open a page; none where it says nothing.</summary>
    public static IReadOnlyList<KeyRole> Of(Type page) => page.GetCustomAttribute<PageForAttribute>()?.For ?? [];
}
