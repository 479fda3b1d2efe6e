using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SignalExchange.Silo.Hosting;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.TestKit.Certificates;

namespace SignalExchange.Silo.Tests.Security.Silos;

/// <summary>What other silos would refuse is said at the start, and beyond loopback nothing goes in clear.</summary>
public sealed class SiloTlsSettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestAuthority _authority = new();

    [Fact]
    public void Beyond_loopback_silos_need_tls_and_with_it_may_listen_anywhere()
    {
        using var certificate = _authority.ForSilo("signalexchange");
        var tls = Files(certificate).Settings;

        Assert.Contains("not encrypted", Refusal([], "192.0.2.1"), StringComparison.Ordinal);
        Assert.Contains("not encrypted", Refusal([], "127.0.0.1", "0.0.0.0:11111"), StringComparison.Ordinal);
        Assert.Null(Refusal([], "127.0.0.1", "127.0.0.1:11111"));
        Assert.Null(Refusal(tls, "192.0.2.1", "0.0.0.0:11111"));
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("localhost:11111")]
    [InlineData("0.0.0.0:0")]
    public void A_place_to_listen_is_an_address_and_a_port(string listen) =>
        Assert.Contains("Listen is", Refusal([], "127.0.0.1", listen), StringComparison.Ordinal);

    [Fact]
    public void Every_file_that_is_missing_is_named()
    {
        using var certificate = _authority.ForSilo("signalexchange");
        var files = Files(certificate);
        File.Delete(files.KeyFile);
        var settings = files.Settings;
        settings.Remove("Exchange:Cluster:Tls:AuthoritiesFile");

        var refusal = Refusal(settings, "127.0.0.1");

        Assert.Contains("Tls:KeyFile is '", refusal, StringComparison.Ordinal);
        Assert.Contains("Tls:AuthoritiesFile is ''", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("Tls:CertificateFile", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_that_other_silos_would_refuse_stops_the_start()
    {
        using var elsewhere = new TestAuthority();
        AssertRefused(_authority.ForSilo("another"), "signalexchange:silo:signalexchange");
        AssertRefused(_authority.ForMember("signalexchange"), "signalexchange:silo:signalexchange");
        AssertRefused(elsewhere.ForSilo("signalexchange"), "not good for servers and clients");
        AssertRefused(
            _authority.ForSilo("signalexchange", until: TimeProvider.System.GetUtcNow().AddMinutes(-1)),
            "NotTimeValid"
        );
        AssertRefused(_authority.ForSilo("signalexchange", isForClients: false), "NotValidForUsage");
    }

    [Fact]
    public void A_key_that_is_another_certificates_stops_the_start()
    {
        using var one = _authority.ForSilo("signalexchange");
        using var other = _authority.ForSilo("signalexchange");
        var files = Files(one);
        File.WriteAllText(files.CertificateFile, other.ExportCertificatePem());

        Assert.Contains("cannot be used", Refusal(files.Settings, "127.0.0.1"), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    private void AssertRefused(X509Certificate2 certificate, string why)
    {
        Assert.Contains(why, Refusal(Files(certificate).Settings, "127.0.0.1"), StringComparison.Ordinal);
        certificate.Dispose();
    }

    private SiloCertificateFiles Files(X509Certificate2 certificate) => new(_folder.Path, certificate, _authority);

    private static string? Refusal(Dictionary<string, string?> tls, string address, string? listen = null)
    {
        var settings = new Dictionary<string, string?>(tls)
        {
            ["Exchange:SiloPort"] = "11111",
            ["Exchange:Cluster:Address"] = address,
            ["Exchange:Cluster:Listen"] = listen,
        };
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IConfiguration>(
            new ConfigurationBuilder().AddInMemoryCollection(settings.Where(it => it.Value is not null)).Build()
        );
        services.AddOptions<ExchangeOptions>().BindConfiguration(ExchangeOptions.Section);
        services.AddSiloIdentity();
        using var provider = services.BuildServiceProvider();
        try
        {
            provider.GetRequiredService<IStartupValidator>().Validate();
            return null;
        }
        catch (OptionsValidationException refused)
        {
            return refused.Message;
        }
    }
}
