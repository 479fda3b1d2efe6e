using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace SignalExchange.Silo.Hosting;

/// <summary>How members reach this server.</summary>
internal static class KestrelExtensions
{
    /// <summary>Listens for gRPC: HTTP/2, with TLS by the configured default certificate when the address says https.</summary>
    /// <param name="kestrel">The server's options.</param>
    /// <param name="address">Where it listens.</param>
    /// <param name="asksForCertificates">Whether members may connect with certificates of their own.</param>
    public static void ListenForMembers(this KestrelServerOptions kestrel, Uri address, bool asksForCertificates)
    {
        kestrel.AddServerHeader = false;
        void Configure(ListenOptions listen)
        {
            listen.Protocols = HttpProtocols.Http2;
            if (address.Scheme == Uri.UriSchemeHttps)
            {
                listen.UseHttps(https =>
                {
                    https.ClientCertificateMode = asksForCertificates
                        ? ClientCertificateMode.AllowCertificate
                        : ClientCertificateMode.NoCertificate;
                    // Looked at with the token, by MemberCertificateValidator: a handshake that fails tells nobody why.
                    https.ClientCertificateValidation = static (_, _, _) => true;
                });
            }
        }

        if (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip))
        {
            kestrel.Listen(ip, address.Port, Configure);
        }
        else
        {
            kestrel.ListenLocalhost(address.Port, Configure);
        }
    }
}
