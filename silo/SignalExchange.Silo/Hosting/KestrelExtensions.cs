using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace SignalExchange.Silo.Hosting;

/// <summary>How members reach this server.</summary>
internal static class KestrelExtensions
{
    /// <summary>Listens for gRPC: HTTP/2, with TLS by the configured default certificate when the address says https.</summary>
    public static void ListenForMembers(this KestrelServerOptions kestrel, Uri address)
    {
        kestrel.AddServerHeader = false;
        void Configure(ListenOptions listen)
        {
            listen.Protocols = HttpProtocols.Http2;
            if (address.Scheme == Uri.UriSchemeHttps)
            {
                listen.UseHttps();
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
