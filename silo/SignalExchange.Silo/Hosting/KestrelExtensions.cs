using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Options;
using SignalExchange.Silo.AccessLog;
using SignalExchange.Silo.Browsers;
using SignalExchange.Silo.Draining;
using SignalExchange.Silo.InProcess;
using SignalExchange.Silo.Telemetry;
using Limits = SignalExchange.Contracts.Limits;

namespace SignalExchange.Silo.Hosting;

/// <summary>How members reach this server.</summary>
internal static class KestrelExtensions
{
    // What a caller may send ahead of the reader: a quarter of a message on one stream, twice that on all.
    private const int StreamWindow = 1024 * 1024;
    private const int ConnectionWindow = 2 * StreamWindow;

    // RFC 9113 section 6.5.2: the smallest that is allowed, and the default.
    private const int FrameSize = 16 * 1024;
    private const int HeaderTableSize = 4 * 1024;

    // Length-prefixed: a byte for compression and four for the length.
    private const int MessagePrefix = 5;

    /// <summary>Sets every limit that a connection can meet before its caller is known.</summary>
    /// <remarks>
    /// The body's limit and slowest rate hold for unary calls; gRPC lifts both for streams, which may be silent for long. They hold
    /// one message a batch in memory, and pings find those that are gone.
    /// </remarks>
    public static void LimitConnections(this KestrelServerOptions kestrel, ConnectionOptions options)
    {
        var limits = kestrel.Limits;
        limits.MaxConcurrentConnections = options.MaxConnections;
        limits.MaxConcurrentUpgradedConnections = options.MaxConsolePages;
        limits.MaxRequestLineSize = options.MaxHeaderBytes;
        limits.MaxRequestBodySize = Limits.MaxMessageBytes + MessagePrefix;
        limits.MaxRequestHeaderCount = options.MaxHeaders;
        limits.MaxRequestHeadersTotalSize = options.MaxHeaderBytes;
        limits.MinRequestBodyDataRate = new(options.MinBytesPerSecond, options.MinRateGrace);
        limits.MinResponseDataRate = new(options.MinBytesPerSecond, options.MinRateGrace);
        limits.RequestHeadersTimeout = options.HeadersTimeout;
        limits.KeepAliveTimeout = options.IdleTimeout;

        var http2 = limits.Http2;
        http2.MaxStreamsPerConnection = options.MaxStreamsPerConnection;
        http2.MaxRequestHeaderFieldSize = options.MaxHeaderBytes;
        http2.MaxFrameSize = FrameSize;
        http2.HeaderTableSize = HeaderTableSize;
        http2.InitialStreamWindowSize = StreamWindow;
        http2.InitialConnectionWindowSize = ConnectionWindow;
        http2.KeepAlivePingDelay = options.PingDelay;
        http2.KeepAlivePingTimeout = options.PingTimeout;
    }

    /// <summary>Listens for gRPC: HTTP/2, with TLS by the configured default certificate when the address says https.</summary>
    /// <param name="kestrel">The server's options.</param>
    /// <param name="address">Where it listens.</param>
    /// <param name="asksForCertificates">Whether members may connect with certificates of their own.</param>
    public static void ListenForMembers(this KestrelServerOptions kestrel, Uri address, bool asksForCertificates)
    {
        kestrel.AddServerHeader = false;
        kestrel.ListenAt(
            address,
            listen =>
            {
                listen.Protocols = HttpProtocols.Http2;
                StreamedConnection.CutOffLate(listen);
                if (address.Scheme == Uri.UriSchemeHttps)
                {
                    listen.UseHttps(https => Secure(https, listen.ApplicationServices, asksForCertificates));
                }
            }
        );
    }

    /// <summary>Listens for who reads the access log's tiles; what comes in here reaches nothing else.</summary>
    public static void ListenForVerifiers(this KestrelServerOptions kestrel, Uri address) =>
        kestrel.ListenApart(address, TilesConnection.Instance);

    /// <summary>Listens for browsers; what comes in here reaches the console and nothing else.</summary>
    public static void ListenForBrowsers(this KestrelServerOptions kestrel, Uri address) =>
        kestrel.ListenApart(address, ConsoleConnection.Instance);

    /// <summary>Listens for this process's own calls, which it makes for people who are signed in: at its console, or another silo's.</summary>
    public static void ListenForOwnCalls(this KestrelServerOptions kestrel) =>
        kestrel.Listen(
            MemoryEndPoint.Instance,
            static listen =>
            {
                listen.Protocols = HttpProtocols.Http2;
                StreamedConnection.CutOffLate(listen);
                listen.Mark(InProcessConnection.Instance);
            }
        );

    /// <summary>Listens for who asks for metrics and health; what comes in here reaches nothing else.</summary>
    public static void ListenForOperations(this KestrelServerOptions kestrel, Uri address) =>
        kestrel.ListenApart(address, OperationsConnection.Instance);

    private static void ListenApart<TMark>(this KestrelServerOptions kestrel, Uri address, TMark mark)
        where TMark : class =>
        kestrel.ListenAt(
            address,
            listen =>
            {
                listen.Mark(mark);
                listen.Protocols = HttpProtocols.Http1; // browsers speak HTTP/2 with TLS only
                if (address.Scheme == Uri.UriSchemeHttps)
                {
                    listen.Protocols = HttpProtocols.Http1AndHttp2;
                    listen.UseHttps(https => Secure(https, listen.ApplicationServices, asksForCertificates: false));
                }
            }
        );

    // What came by this address can be told by it, and by nothing that a caller sends.
    private static void Mark<TMark>(this ListenOptions listen, TMark mark)
        where TMark : class =>
        listen.Use(next =>
            connection =>
            {
                connection.Features.Set(mark);
                return next(connection);
            }
        );

    private static void Secure(HttpsConnectionAdapterOptions https, IServiceProvider services, bool asksForCertificates)
    {
        https.HandshakeTimeout = services.GetRequiredService<IOptions<ConnectionOptions>>().Value.HeadersTimeout;
        https.ClientCertificateMode = asksForCertificates
            ? ClientCertificateMode.AllowCertificate
            : ClientCertificateMode.NoCertificate;
        // Looked at with the token, by MemberCertificateValidator: a handshake that fails tells nobody why.
        https.ClientCertificateValidation = static (_, _, _) => true;
    }

    private static void ListenAt(this KestrelServerOptions kestrel, Uri address, Action<ListenOptions> configure)
    {
        if (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip))
        {
            kestrel.Listen(ip, address.Port, configure);
        }
        else
        {
            kestrel.ListenLocalhost(address.Port, configure);
        }
    }
}
