namespace SignalExchange.WebConsole.BrowserTests;

/// <summary>Something on a page moved by itself.</summary>
/// <param name="Value">The share of the screen that moved, times how far: 0 to 1.</param>
/// <param name="What">What moved.</param>
public sealed record LayoutShift(double Value, string What);
