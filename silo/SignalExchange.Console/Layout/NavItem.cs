namespace SignalExchange.WebConsole.Layout;

/// <summary>A line of the menu.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="Href">Where it leads.</param>
/// <param name="Icon">What stands before it.</param>
/// <param name="IsExact">Whether pages below it are lines of their own.</param>
internal sealed record NavItem(string Title, string Href, string Icon, bool IsExact = false);
