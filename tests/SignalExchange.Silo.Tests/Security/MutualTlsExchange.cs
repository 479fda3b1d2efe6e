using System.Security.Cryptography.X509Certificates;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.TestKit.Certificates;
using ContractKeyService = SignalExchange.Contracts.V1.KeyService;

namespace SignalExchange.Silo.Tests.Security;

/// <summary>An exchange that asks every connection for a certificate, and the authority whose certificates it takes.</summary>
public class MutualTlsExchange : IAsyncLifetime
{
    // A connection that comes to nothing fails its test instead of holding up all the others.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("signalexchange-tls-").FullName;

    public ExchangeFixture Exchange { get; } = new();

    public TestAuthority Authority { get; } = new();

    protected virtual string Mode => "Required";

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
            Mode,
            "--Exchange:Security:ClientCertificateAuthorities",
            authorities
        );
    }

    public async ValueTask DisposeAsync()
    {
        await Exchange.DisposeAsync();
        Authority.Dispose();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Calls as the operator, over a connection with a certificate, or with none.</summary>
    public async Task Call(X509Certificate2? certificate)
    {
        using var root = X509Certificate2.CreateFromPem(Authority.RootPem);
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { root },
            RevocationMode = X509RevocationMode.NoCheck,
        };
        handler.SslOptions.ClientCertificates = certificate is null ? [] : [certificate];
        using var channel = GrpcChannel.ForAddress(Exchange.Address, new GrpcChannelOptions { HttpHandler = handler });
        var invoker = channel.Intercept(metadata =>
        {
            metadata.Add("authorization", "Bearer " + Exchange.Operator.Sign(TimeProvider.System.GetUtcNow()));
            return metadata;
        });
        await new ContractKeyService.KeyServiceClient(invoker).GetKeyManifestsAsync(
            new(),
            deadline: TimeProvider.System.GetUtcNow().UtcDateTime + Patience,
            cancellationToken: TestContext.Current.CancellationToken
        );
    }
}
