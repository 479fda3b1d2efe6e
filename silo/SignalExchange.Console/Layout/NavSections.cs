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
    private static readonly NavItem Reviews = new("Reviews", "console/log/reviews", Icons.Material.Outlined.FactCheck);
    private static readonly NavItem Usage = new("Usage", "console/log/usage", Icons.Material.Outlined.BarChart);
    private static readonly NavItem Lookups = new(
        "Look-ups",
        "console/log/lookups",
        Icons.Material.Outlined.ManageSearch
    );
    private static readonly NavItem Export = new("Export", "console/log/export", Icons.Material.Outlined.Download);
    private static readonly NavItem Signals = new("Signals", "console/signals", Icons.Material.Outlined.DonutSmall);
    private static readonly NavItem Retractions = new(
        "Retractions",
        "console/retractions",
        Icons.Material.Outlined.Undo
    );
    private static readonly NavItem Disputes = new("Disputes", "console/disputes", Icons.Material.Outlined.Balance);
    private static readonly NavItem Groups = new("Sharing groups", "console/groups", Icons.Material.Outlined.Hub);
    private static readonly NavItem Policy = new("Policy", "console/policy", Icons.Material.Outlined.Gavel);
    private static readonly NavItem Settings = new("Settings", "console/settings", Icons.Material.Outlined.Tune);
    private static readonly NavItem Own = new("Your member", "console/member", Icons.Material.Outlined.Business, true);

    /// <summary>Returns what a role sees.</summary>
    public static IEnumerable<NavSection> For(KeyRole role) =>
        role switch
        {
            KeyRole.Operator =>
            [
                new("Exchange", [Overview, Signals, Retractions, Disputes, Alarms, Integrity, Settings]),
                new("Consortium", [Members, Groups, Policy, Approvals, People]),
            ],
            KeyRole.Auditor =>
            [
                new("Access log", [Log, Alarms, Reviews, Usage, Lookups, Export, Integrity]),
                new("Exchange", [Overview, Signals, Retractions, Disputes, Settings]),
                new("Consortium", [Members, Groups, Policy, Approvals, People]),
            ],
            KeyRole.MemberAdministrator => [new("Member", [Own, Disputes])],
            _ => [],
        };
}
