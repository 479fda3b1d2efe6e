using System.Security.Cryptography.X509Certificates;

namespace SignalExchange.TestKit.Certificates;

/// <summary>The three files of a silo's TLS, as an operator puts them there.</summary>
public sealed class SiloCertificateFiles
{
    private readonly string _folder;

    public SiloCertificateFiles(string folder, X509Certificate2 certificate, TestAuthority authority)
    {
        _folder = Directory.CreateDirectory(folder).FullName;
        Write(certificate, authority);
    }

    public string CertificateFile => Path.Combine(_folder, "silo.pem");

    public string KeyFile => Path.Combine(_folder, "silo.key");

    public string AuthoritiesFile => Path.Combine(_folder, "authorities.pem");

    /// <summary>Gets the settings that name them.</summary>
    public Dictionary<string, string?> Settings =>
        new()
        {
            ["Exchange:Cluster:Tls:CertificateFile"] = CertificateFile,
            ["Exchange:Cluster:Tls:KeyFile"] = KeyFile,
            ["Exchange:Cluster:Tls:AuthoritiesFile"] = AuthoritiesFile,
        };

    /// <summary>Puts others in their place.</summary>
    public void Write(X509Certificate2 certificate, TestAuthority authority)
    {
        using var key = certificate.GetECDsaPrivateKey()!;
        File.WriteAllText(CertificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(KeyFile, key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(AuthoritiesFile, authority.RootPem);
    }
}
