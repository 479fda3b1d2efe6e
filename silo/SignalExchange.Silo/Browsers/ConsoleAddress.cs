using Microsoft.Extensions.Options;
using SignalExchange.Silo.Hosting;

namespace SignalExchange.Silo.Browsers;

/// <summary>Where the console listens, and what follows for its cookies.</summary>
internal sealed class ConsoleAddress(IOptions<ExchangeOptions> options)
{
    private bool IsSecure => options.Value.ListenConsole?.Scheme == Uri.UriSchemeHttps;

    /// <summary>Gets whether cookies go over TLS only: always, but on loopback without it.</summary>
    public CookieSecurePolicy CookieSecurity => IsSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.None;

    /// <summary>Returns a cookie's name; with TLS one that a browser takes from this very host only (RFC 6265bis section 4.1.3.2).</summary>
    public string CookieName(string name) => IsSecure ? $"__Host-exchange-{name}" : $"exchange-{name}";
}
