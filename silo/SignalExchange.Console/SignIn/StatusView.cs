namespace SignalExchange.WebConsole.SignIn;

/// <summary>What the page of a status shows.</summary>
/// <param name="Status">The status of HTTP.</param>
public sealed record StatusView(int Status);
