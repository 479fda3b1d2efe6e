using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace SignalExchange.Faults.Tests.Network;

internal static class Ports
{
    /// <summary>Finds a port below those that systems hand out by themselves: nobody else is given it in between.</summary>
    public static int FindFree()
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
