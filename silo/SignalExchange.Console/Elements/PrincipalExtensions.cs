using System.Security.Claims;
using SignalExchange.Contracts.V1;

namespace SignalExchange.WebConsole.Elements;

/// <summary>What a page needs to know of its reader.</summary>
internal static class PrincipalExtensions
{
    /// <summary>Returns the reader's role.</summary>
    public static KeyRole RoleOf(this ClaimsPrincipal user) =>
        Enum.TryParse<KeyRole>(user.FindFirst(ClaimTypes.Role)?.Value, out var role) ? role : KeyRole.Unspecified;

    /// <summary>Returns the reader's member.</summary>
    public static string MemberOf(this ClaimsPrincipal user) => user.FindFirst("member")?.Value ?? "";

    /// <summary>Returns the reader's account.</summary>
    public static string AccountOf(this ClaimsPrincipal user) => user.FindFirst(ClaimTypes.NameIdentifier)?.Value ?? "";
}
