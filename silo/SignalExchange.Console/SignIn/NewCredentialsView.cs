using SignalExchange.Contracts.V1;

namespace SignalExchange.WebConsole.SignIn;

/// <summary>What the page for a new password and authenticator shows.</summary>
/// <param name="Login">Whose.</param>
/// <param name="Secret">The authenticator's secret, to be typed.</param>
/// <param name="Address">The same, to be scanned.</param>
/// <param name="MinLength">The fewest characters of a password.</param>
/// <param name="Reason">Why the last attempt was refused; unspecified for none.</param>
/// <param name="RetryAfter">How long to wait; zero where it is not known.</param>
public sealed record NewCredentialsView(
    string Login,
    string Secret,
    string Address,
    int MinLength,
    ErrorReason Reason,
    TimeSpan RetryAfter
);
