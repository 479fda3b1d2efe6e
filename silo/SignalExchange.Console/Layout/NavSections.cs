using MudBlazor;
using SignalExchange.Contracts.V1;

namespace SignalExchange.WebConsole.Layout;

/// <summary>What stands in the menu.</summary>
internal static class NavSections
{
    private static readonly NavItem Overview = new(
        "Overview",
        "console/overview",
        Icons.Material.Outlined.MonitorHeart
    );
    private static readonly NavItem Members = new("Members", "console/members", Icons.Material.Outlined.Groups);
    private static readonly NavItem Approvals = new("Approvals", "console/approvals", Icons.Material.Outlined.HowToReg);
    private static readonly NavItem Alarms = new(
        "Alarms",
        "console/alarms",
        Icons.Material.Outlined.NotificationsActive
    );
    private static readonly NavItem People = new("People", "console/people", Icons.Material.Outlined.ManageAccounts);
    private static readonly NavItem Log = new("Entries", "console/log", Icons.Material.Outlined.ReceiptLong, true);
    private static readonly NavItem Integrity = new(
        "Integrity",
        "console/log/integrity",
        Icons.Material.Outlined.Verified
    );
    private static readonly NavItem Own = new("Your member", "console/member", Icons.Material.Outlined.Business, true);

    /// <summary>Returns what a role sees.</summary>
    public static IEnumerable<NavSection> For(KeyRole role) =>
        role switch
        {
            KeyRole.Operator => [new("Exchange", [Overview, Alarms]), new("Consortium", [Members, Approvals, People])],
            KeyRole.Auditor =>
            [
                new("Access log", [Log, Integrity]),
                new("Exchange", [Overview, Alarms, Members, Approvals, People]),
            ],
            KeyRole.MemberAdministrator => [new("Member", [Own])],
            _ => [],
        };
}
