using System.Security.Cryptography.X509Certificates;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.AccessLog;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.TestKit.Certificates;
using ContractKeyService = SignalExchange.Contracts.V1.KeyService;

namespace SignalExchange.Silo.Tests.Security;

/// <summary>TLS on both sides: the certificate of a connection is bound to the member whose token comes over it.</summary>
public sealed class MutualTlsTests : IAsyncLifetime
{
    private readonly ExchangeFixture _exchange = new();
    private readonly TestAuthority _authority = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("signalexchange-tls-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var (server, authorities) = (Path.Combine(_folder, "server.pfx"), Path.Combine(_folder, "members.pem"));
        using var certificate = _authority.ForServer();
        await File.WriteAllBytesAsync(server, certificate.Export(X509ContentType.Pfx, "test"), Ct);
        await File.WriteAllTextAsync(authorities, _authority.RootPem, Ct);
        await _exchange.Bootstrap();
        await _exchange.StartAt(
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

    [Fact]
    public async Task A_member_with_its_own_certificate_gets_in()
    {
        using var certificate = _authority.ForMember("consortium");

        await Call(certificate);
    }

    [Fact]
    public async Task A_connection_without_a_certificate_is_told_so() =>
        Assert.Equal(ErrorReason.CertificateMissing, (await _exchange.Refusal(() => Call(null))).Reason);

    [Fact]
    public async Task Another_members_certificate_is_refused()
    {
        using var certificate = _authority.ForMember("platform-a");

        Assert.Equal(ErrorReason.CertificateRefused, (await _exchange.Refusal(() => Call(certificate))).Reason);
    }

    [Fact]
    public async Task A_certificate_of_another_authority_is_refused()
    {
        using var stranger = new TestAuthority();
        using var certificate = stranger.ForMember("consortium");

        Assert.Equal(ErrorReason.CertificateRefused, (await _exchange.Refusal(() => Call(certificate))).Reason);
    }

    [Fact]
    public async Task An_expired_certificate_and_one_for_servers_are_refused()
    {
        using var expired = _authority.ForMember("consortium", TimeProvider.System.GetUtcNow().AddMinutes(-1));
        using var servers = _authority.ForMember("consortium", use: "1.3.6.1.5.5.7.3.1");

        Assert.Equal(ErrorReason.CertificateRefused, (await _exchange.Refusal(() => Call(expired))).Reason);
        Assert.Equal(ErrorReason.CertificateRefused, (await _exchange.Refusal(() => Call(servers))).Reason);
    }

    public async ValueTask DisposeAsync()
    {
        await _exchange.DisposeAsync();
        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task Call(X509Certificate2? certificate)
    {
        using var root = X509Certificate2.CreateFromPem(_authority.RootPem);
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { root },
            RevocationMode = X509RevocationMode.NoCheck,
        };
        handler.SslOptions.ClientCertificates = certificate is null ? [] : [certificate];
        using var channel = GrpcChannel.ForAddress(_exchange.Address, new GrpcChannelOptions { HttpHandler = handler });
        var invoker = channel.Intercept(metadata =>
        {
            metadata.Add("authorization", "Bearer " + _exchange.Operator.Sign(TimeProvider.System.GetUtcNow()));
            return metadata;
        });
        await new ContractKeyService.KeyServiceClient(invoker).GetKeyManifestsAsync(new(), cancellationToken: Ct);
    }
}
