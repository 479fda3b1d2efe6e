using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace SignalExchange.TestKit;

/// <summary>Ports of loopback that nobody listens on.</summary>
public static class FreePort
{
    /// <summary>Finds one below those that systems hand out by themselves: nobody else is given it in between.</summary>
    public static int Find()
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
