using SignalExchange.Contracts.V1;

namespace SignalExchange.WebConsole.SignIn;

/// <summary>What the page for one-time codes shows.</summary>
/// <param name="Reason">Why the last attempt was refused; unspecified for none.</param>
/// <param name="RetryAfter">How long to wait; zero where it is not known.</param>
public sealed record CodeView(ErrorReason Reason, TimeSpan RetryAfter);
