using System.Net;
using System.Net.Sockets;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Silo.AccessLog;

/// <summary>From what kind of address a call came.</summary>
internal static class SourceClasses
{
    /// <summary>Returns the class: this machine, a private network (RFC 1918, RFC 4193), or anywhere else.</summary>
    public static SourceClass Of(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (IPAddress.IsLoopback(plain))
        {
            return SourceClass.Loopback;
        }

        return plain.AddressFamily == AddressFamily.InterNetworkV6
                ? (plain.IsIPv6UniqueLocal ? SourceClass.Private : SourceClass.Public)
            : IsPrivate(plain.GetAddressBytes()) ? SourceClass.Private
            : SourceClass.Public;
    }

    private static bool IsPrivate(byte[] bytes) =>
        bytes[0] == 10 || (bytes[0] == 172 && bytes[1] is >= 16 and <= 31) || (bytes[0] == 192 && bytes[1] == 168);
}
