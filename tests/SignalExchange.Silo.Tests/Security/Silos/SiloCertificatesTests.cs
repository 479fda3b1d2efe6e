using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using SignalExchange.Silo.Security.Silos;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.TestKit.Certificates;

namespace SignalExchange.Silo.Tests.Security.Silos;

/// <summary>A certificate that is replaced in time needs no restart, and one that cannot be used does no harm.</summary>
public sealed class SiloCertificatesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestAuthority _authority = new();
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_certificate_that_is_replaced_is_used_ten_seconds_later()
    {
        using var first = _authority.ForSilo("c");
        using var second = _authority.ForSilo("c");
        var (files, certificates) = Read(first);
        Assert.Equal(first.Thumbprint, certificates.Current.Certificate.Thumbprint);

        files.Write(second, _authority);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(first.Thumbprint, certificates.Current.Certificate.Thumbprint);

        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(second.Thumbprint, certificates.Current.Certificate.Thumbprint);
    }

    [Fact]
    public void A_file_that_is_half_written_leaves_the_certificate_that_was_read_before()
    {
        using var first = _authority.ForSilo("c");
        using var second = _authority.ForSilo("c");
        var (files, certificates) = Read(first);
        _ = certificates.Current;

        File.WriteAllText(files.CertificateFile, second.ExportCertificatePem()); // Its key is still to come.
        _time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(first.Thumbprint, certificates.Current.Certificate.Thumbprint);

        files.Write(second, _authority);
        _time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(second.Thumbprint, certificates.Current.Certificate.Thumbprint);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    private (SiloCertificateFiles Files, SiloCertificates Certificates) Read(
        System.Security.Cryptography.X509Certificates.X509Certificate2 certificate
    )
    {
        var files = new SiloCertificateFiles(_folder.Path, certificate, _authority);
        var options = new SiloTlsOptions
        {
            CertificateFile = files.CertificateFile,
            KeyFile = files.KeyFile,
            AuthoritiesFile = files.AuthoritiesFile,
        };
        return (files, new(Options.Create(options), _time, NullLogger<SiloCertificates>.Instance));
    }
}
