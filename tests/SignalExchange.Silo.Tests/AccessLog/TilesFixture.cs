using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.Hosting;

namespace SignalExchange.Silo.Tests.AccessLog;

/// <summary>An exchange that serves its log's tiles.</summary>
public sealed class TilesFixture : IAsyncLifetime
{
    public ExchangeFixture Exchange { get; } = new();

    public HttpClient Client { get; } = new();

    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort()}");

    internal MemberService.MemberServiceClient Members => new(Exchange.InvokerFor(Exchange.Operator));

    public async ValueTask InitializeAsync()
    {
        await Exchange.Bootstrap();
        await Exchange.Start("--Exchange:ListenTiles", Address.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Exchange.DisposeAsync();
    }

    // Below the ports that systems hand out by themselves.
    private static int FreePort()
    {
        while (true)
        {
            using var probe = new TcpListener(IPAddress.Loopback, RandomNumberGenerator.GetInt32(11_000, 32_000));
            try
            {
                probe.Start();
                return ((IPEndPoint)probe.LocalEndpoint).Port;
            }
            catch (SocketException)
            {
                // Taken: another one.
            }
        }
    }
}
