using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Silo.SignIn;

/// <summary>What a password must be: long. Pure.</summary>
/// <remarks>NIST SP 800-63B section 3.1.1.2: length, no rules of composition, nothing that comes from the account's name.</remarks>
internal static class PasswordRules
{
    /// <summary>The fewest characters.</summary>
    public const int MinLength = 12;

    /// <summary>The most characters.</summary>
    public const int MaxLength = 128;

    private const int MinDifferent = 6;
    private const string Product = "signalexchange";

    /// <summary>Says why a password is refused; null when it is not.</summary>
    public static Refusal? Refuse(string password, string login) =>
        password.Length < MinLength ? Weak(MinLength, password.Length)
        : password.Length > MaxLength ? Weak(MaxLength, password.Length)
        : password.Distinct().Count() < MinDifferent ? new Refusal(ErrorReason.PasswordWeak, "password")
        : Holds(password, login) || Holds(password, Product) ? new Refusal(ErrorReason.PasswordWeak, "password")
        : null;

    private static bool Holds(string password, string word) =>
        password.Contains(word, StringComparison.OrdinalIgnoreCase);

    private static Refusal Weak(int limit, int length) => new(ErrorReason.PasswordWeak, "password", limit, length);
}
