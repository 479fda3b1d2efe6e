using System.Net;
using Microsoft.Extensions.Options;

namespace SignalExchange.Silo.Hosting;

/// <summary>What the attributes of <see cref="ExchangeOptions"/> cannot say.</summary>
internal sealed class ExchangeOptionsValidator : IValidateOptions<ExchangeOptions>
{
    public ValidateOptionsResult Validate(string? name, ExchangeOptions options) =>
        Listens(options).Select(it => Check(it.Name, it.Address)).OfType<string>().ToList() is { Count: > 0 } wrong
            ? ValidateOptionsResult.Fail(wrong)
            : ValidateOptionsResult.Success;

    private static IEnumerable<(string Name, Uri Address)> Listens(ExchangeOptions options)
    {
        yield return ("Listen", options.Listen);
        if (options.ListenTiles is { } tiles)
        {
            yield return ("ListenTiles", tiles);
        }

        if (options.ListenMetrics is { } metrics)
        {
            yield return ("ListenMetrics", metrics);
        }

        if (options.ListenConsole is { } console)
        {
            yield return ("ListenConsole", console);
        }
    }

    private static string? Check(string name, Uri listen)
    {
        if (listen is null)
        {
            return null;
        }

        if (!listen.IsAbsoluteUri || (listen.Scheme != Uri.UriSchemeHttp && listen.Scheme != Uri.UriSchemeHttps))
        {
            return $"Exchange:{name} is '{listen}'; it may be an http or https address, as http://127.0.0.1:7400.";
        }

        if (listen.HostNameType is not (UriHostNameType.IPv4 or UriHostNameType.IPv6) && !listen.IsLoopback)
        {
            return $"Exchange:{name} is '{listen}'; name the address to bind, as https://0.0.0.0:7400.";
        }

        return listen.Scheme == Uri.UriSchemeHttp && !IsLoopback(listen)
            ? $"Exchange:{name} is '{listen}'; without TLS it may only be a loopback address. Use https, or 127.0.0.1."
            : null;
    }

    private static bool IsLoopback(Uri address) =>
        address.IsLoopback || (IPAddress.TryParse(address.Host, out var ip) && IPAddress.IsLoopback(ip));
}
