using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using SignalExchange.Silo.Browsers;

namespace SignalExchange.Silo.SignIn;

/// <summary>Carries an <see cref="EnrolmentTicket"/> in a protected cookie of a quarter of an hour.</summary>
internal sealed class EnrolmentCookie(IDataProtectionProvider protection, ConsoleAddress address)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(15);

    private readonly ITimeLimitedDataProtector _protector = protection
        .CreateProtector("enrolment/1")
        .ToTimeLimitedDataProtector();

    private string Name => address.CookieName("enrolment");

    /// <summary>Hands it to the browser.</summary>
    public void Write(HttpContext http, EnrolmentTicket ticket)
    {
        var bytes = _protector.Protect(JsonSerializer.SerializeToUtf8Bytes(ticket), Life);
        http.Response.Cookies.Append(Name, Convert.ToBase64String(bytes), Options());
    }

    /// <summary>Takes it from the browser; null when there is none, or it is too old, or not ours.</summary>
    public EnrolmentTicket? Read(HttpContext http)
    {
        try
        {
            return http.Request.Cookies[Name] is { } text
                ? JsonSerializer.Deserialize<EnrolmentTicket>(_protector.Unprotect(Convert.FromBase64String(text)))
                : null;
        }
        catch (Exception failure) when (failure is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Takes it away.</summary>
    public void Forget(HttpContext http) => http.Response.Cookies.Delete(Name, Options());

    private CookieOptions Options() =>
        new()
        {
            HttpOnly = true,
            IsEssential = true,
            SameSite = SameSiteMode.Strict,
            Secure = address.CookieSecurity == CookieSecurePolicy.Always,
            Path = "/",
        };
}
