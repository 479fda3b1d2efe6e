using System.Security.Cryptography.X509Certificates;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.TestKit.Certificates;

namespace SignalExchange.Silo.Tests.Security;

/// <summary>An exchange that asks every connection for a certificate, and the authority whose certificates it takes.</summary>
public sealed class MutualTlsExchange : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("signalexchange-tls-").FullName;

    public ExchangeFixture Exchange { get; } = new();

    public TestAuthority Authority { get; } = new();

    public async ValueTask InitializeAsync()
    {
        var (server, authorities) = (Path.Combine(_folder, "server.pfx"), Path.Combine(_folder, "members.pem"));
        using var certificate = Authority.ForServer();
        await File.WriteAllBytesAsync(server, certificate.Export(X509ContentType.Pfx, "test"));
        await File.WriteAllTextAsync(authorities, Authority.RootPem);
        await Exchange.Bootstrap();
        await Exchange.StartAt(
            "https",
            "--Kestrel:Certificates:Default:Path",
            server,
            "--Kestrel:Certificates:Default:Password",
            "test",
            "--Exchange:Security:ClientCertificates",
            "Required",
            "--Exchange:Security:ClientCertificateAuthorities",
            authorities
        );
    }

    public async ValueTask DisposeAsync()
    {
        await Exchange.DisposeAsync();
        Authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
