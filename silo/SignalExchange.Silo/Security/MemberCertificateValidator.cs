using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Silo.Security;

/// <summary>Validates the TLS certificate that a member connects with, and that it is the member's who signed the token.</summary>
/// <remarks>
/// A certificate binds the connection to a member by a subject alternative name of type URI, <c>signalexchange:member:ID</c> (RFC
/// 5280 section 4.2.1.6). Withdrawn certificates are not looked up: a member's key is revoked, and the certificate is worth nothing.
/// Safe from any thread.
/// </remarks>
internal sealed class MemberCertificateValidator
{
    private const string NamePrefix = "signalexchange:member:";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private readonly ClientCertificates _mode;
    private readonly X509Certificate2Collection _authorities = [];
    private readonly TimeProvider _clock;

    /// <summary>Reads the authorities' certificates.</summary>
    /// <exception cref="OptionsValidationException">Certificates are asked for, and the authorities' file holds none.</exception>
    public MemberCertificateValidator(IOptions<SecurityOptions> options, TimeProvider clock)
    {
        (_mode, _clock) = (options.Value.ClientCertificates, clock);
        if (_mode != ClientCertificates.None)
        {
            _authorities.ImportFromPemFile(options.Value.ClientCertificateAuthorities!);
        }
    }

    /// <summary>Checks the certificate of a connection.</summary>
    /// <param name="certificate">The certificate; null for a connection without one.</param>
    /// <param name="member">Who signed the token.</param>
    /// <returns>Why it is refused; unspecified when it is not.</returns>
    public ErrorReason Check(X509Certificate2? certificate, MemberId member)
    {
        if (_mode == ClientCertificates.None || (certificate is null && _mode == ClientCertificates.Optional))
        {
            return ErrorReason.Unspecified;
        }

        if (certificate is null)
        {
            return ErrorReason.CertificateMissing;
        }

        return IsTrusted(certificate) && certificate.HasUri(NamePrefix + member.Value)
            ? ErrorReason.Unspecified
            : ErrorReason.CertificateRefused;
    }

    private bool IsTrusted(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(new(ClientAuthentication));
        chain.ChainPolicy.VerificationTime = _clock.GetUtcNow().UtcDateTime;
        chain.ChainPolicy.VerificationTimeIgnored = false;
        return chain.Build(certificate);
    }
}
