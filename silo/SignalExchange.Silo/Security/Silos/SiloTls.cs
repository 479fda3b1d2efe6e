using System.Formats.Asn1;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Orleans.Connections.Security;

namespace SignalExchange.Silo.Security.Silos;

/// <summary>The handshake between silos: each shows a certificate, and takes only one of its own cluster's.</summary>
/// <remarks>
/// Any silo may do anything in its cluster, so it is not asked which of them the other side is: addresses in certificates would tie
/// them to machines and prove no more. Safe from any thread.
/// </remarks>
internal sealed class SiloTls(SiloCertificates certificates, SiloName name, ILogger<SiloTls> logger)
{
    /// <summary>Gets the settings of the handshake, the same for both sides.</summary>
    public TlsOptions Options =>
        new()
        {
            LocalServerCertificateSelector = (_, _) => certificates.Current.Certificate,
            LocalClientCertificateSelector = (_, _, _, _, _) => certificates.Current.Certificate,
            RemoteCertificateMode = RemoteCertificateMode.RequireCertificate,
            RemoteCertificateValidation = Accepts,
            OnAuthenticateAsServer = (_, tls) =>
                ((SslServerAuthenticationOptions)tls.SslServerAuthenticationOptions).CertificateChainPolicy =
                    certificates.Current.MakePolicy(),
            OnAuthenticateAsClient = (_, tls) =>
                ((SslClientAuthenticationOptions)tls.SslClientAuthenticationOptions).CertificateChainPolicy =
                    certificates.Current.MakePolicy(),
        };

    // The chain is judged by the runtime under our policy, and the certificate's use with it. Its name is not a host's.
    private bool Accepts(X509Certificate2 certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (
            (errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) == SslPolicyErrors.None
            && IsOfCluster(certificate)
        )
        {
            return true;
        }

        SiloTlsLog.CertificateRefused(logger, certificate.SerialNumber, errors);
        return false;
    }

    private bool IsOfCluster(X509Certificate2 certificate)
    {
        try
        {
            return certificate.HasUri(name.Value);
        }
        catch (AsnContentException)
        {
            return false;
        }
    }
}
