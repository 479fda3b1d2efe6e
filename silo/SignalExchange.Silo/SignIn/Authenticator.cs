using System.Security.Cryptography;
using OtpNet;

namespace SignalExchange.Silo.SignIn;

/// <summary>Time-based one-time passwords (RFC 6238): six digits, thirty seconds, SHA-1, as authenticators have them.</summary>
internal static class Authenticator
{
    /// <summary>The secret, in bytes: RFC 4226 section 4, R6.</summary>
    public const int SecretSize = 20;

    private const string Issuer = "SignalExchange";

    // RFC 6238 section 5.2: one step for the way and the clocks.
    private static readonly VerificationWindow Window = new(previous: 1, future: 1);

    /// <summary>Makes a secret.</summary>
    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretSize);

    /// <summary>Returns the secret in the form that is typed.</summary>
    public static string TextOf(byte[] secret) => Base32Encoding.ToString(secret);

    /// <summary>Returns the address that an authenticator scans.</summary>
    public static string AddressOf(byte[] secret, string login) =>
        new OtpUri(OtpType.Totp, secret, login, Issuer).ToString();

    /// <summary>Finds the step of the clock that a code is of.</summary>
    /// <returns>The step; null when the code is of none that is accepted now.</returns>
    public static long? StepOf(byte[] secret, string code, DateTimeOffset now) =>
        new Totp(secret).VerifyTotp(
            now.UtcDateTime,
            code.Replace(" ", "", StringComparison.Ordinal),
            out var step,
            Window
        )
            ? step
            : null;
}
