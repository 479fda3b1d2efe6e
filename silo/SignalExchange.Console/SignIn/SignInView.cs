using SignalExchange.Contracts.V1;

namespace SignalExchange.WebConsole.SignIn;

/// <summary>What the sign-in page shows.</summary>
/// <param name="ReturnUrl">Where to go on to.</param>
/// <param name="Reason">Why the last attempt was refused; unspecified for none.</param>
/// <param name="RetryAfter">How long to wait; zero where it is not known.</param>
/// <param name="HasLocal">Whether there are local accounts.</param>
/// <param name="Provider">What the site's provider is called; null for none.</param>
public sealed record SignInView(
    string ReturnUrl,
    ErrorReason Reason,
    TimeSpan RetryAfter,
    bool HasLocal,
    string? Provider
);
