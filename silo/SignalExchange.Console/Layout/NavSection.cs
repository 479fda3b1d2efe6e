namespace SignalExchange.WebConsole.Layout;

/// <summary>A part of the menu.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="Links">What stands in it.</param>
internal sealed record NavSection(string Title, IReadOnlyList<NavItem> Links);
