using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SignalExchange.TestKit.Certificates;

/// <summary>A certificate authority that lasts as long as a test.</summary>
public sealed class TestAuthority : IDisposable
{
    private const string Servers = "1.3.6.1.5.5.7.3.1";
    private const string Clients = "1.3.6.1.5.5.7.3.2";

    private readonly X509Certificate2 _root;

    public TestAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _root = request.CreateSelfSigned(Now.AddDays(-2), Now.AddDays(2));
    }

    public string RootPem => _root.ExportCertificatePem();

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>Makes a server's certificate for 127.0.0.1.</summary>
    public X509Certificate2 ForServer() =>
        Issue([Servers], names => names.AddIpAddress(System.Net.IPAddress.Loopback), Now.AddDays(1));

    /// <summary>Makes a server's certificate for a name.</summary>
    public X509Certificate2 ForServer(string name) => Issue([Servers], names => names.AddDnsName(name), Now.AddDays(1));

    /// <summary>Makes a member's certificate.</summary>
    public X509Certificate2 ForMember(string member, DateTimeOffset? until = null, string use = Clients) =>
        Issue([use], names => names.AddUri(new Uri($"signalexchange:member:{member}")), until ?? Now.AddDays(1));

    /// <summary>Makes a silo's certificate.</summary>
    public X509Certificate2 ForSilo(string cluster, DateTimeOffset? until = null, bool isForClients = true) =>
        Issue(
            isForClients ? [Servers, Clients] : [Servers],
            names => names.AddUri(new Uri($"signalexchange:silo:{cluster}")),
            until ?? Now.AddDays(1)
        );

    public void Dispose() => _root.Dispose();

    private X509Certificate2 Issue(string[] uses, Action<SubjectAlternativeNameBuilder> name, DateTimeOffset until)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=somebody", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        name(names);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([.. uses.Select(use => new Oid(use))], critical: true)
        );
        using var signed = request.Create(_root, Now.AddDays(-1), until, RandomNumberGenerator.GetBytes(12));
        using var withKey = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(
            withKey.Export(X509ContentType.Pfx),
            null,
            X509KeyStorageFlags.Exportable
        );
    }
}
