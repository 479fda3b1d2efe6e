using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace SignalExchange.Silo.Tests.Security.Silos;

/// <summary>Somebody on the network who connects to a silo's port, or waits on a port for a silo.</summary>
internal static class Stranger
{
    /// <summary>Connects with TLS and a certificate, or none, and waits for what the silo does.</summary>
    /// <returns>Whether it ended the connection without a word.</returns>
    public static async Task<bool> IsRefused(IPEndPoint silo, X509Certificate2? certificate, CancellationToken ct)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(silo, ct);
        await using var stream = new SslStream(
            client.GetStream(),
            false,
            (_, certificate, _, _) => certificate is not null
        );
        try
        {
            // With TLS 1.3 a client hears after its handshake only that its certificate was refused.
            await stream.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = "",
                    ClientCertificates = certificate is null ? null : [certificate],
                    ApplicationProtocols = [new("Orleans1")],
                },
                ct
            );
            return await Ends(stream, ct);
        }
        catch (Exception failure) when (failure is AuthenticationException or IOException)
        {
            return true;
        }
    }

    /// <summary>Connects in clear, says something, and waits for what the silo does.</summary>
    public static async Task<bool> IsRefusedInClear(IPEndPoint silo, CancellationToken ct)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(silo, ct);
        await using var stream = client.GetStream();
        await stream.WriteAsync(new byte[64], ct);
        try
        {
            return await Ends(stream, ct);
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>Waits for a silo that connects, shows it a certificate, and waits for what it does.</summary>
    public static async Task<bool> IsRefusedAsServer(
        TcpListener listener,
        X509Certificate2 certificate,
        CancellationToken ct
    )
    {
        using var client = await listener.AcceptTcpClientAsync(ct);
        await using var stream = new SslStream(
            client.GetStream(),
            false,
            (_, certificate, _, _) => certificate is not null
        );
        try
        {
            await stream.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificate = certificate,
                    ClientCertificateRequired = true,
                    ApplicationProtocols = [new("Orleans1")],
                },
                ct
            );
            return await Ends(stream, ct);
        }
        catch (Exception failure) when (failure is AuthenticationException or IOException)
        {
            return true;
        }
    }

    // An alert or a reset is an IOException.
    private static async Task<bool> Ends(Stream stream, CancellationToken ct)
    {
        try
        {
            return await stream.ReadAsync(new byte[1], ct) == 0;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
