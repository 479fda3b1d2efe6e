using System.ComponentModel.DataAnnotations;

namespace SignalExchange.Silo.Security;

/// <summary>How callers prove who they are.</summary>
public sealed class SecurityOptions
{
    /// <summary>Gets or sets the audience that members' tokens must name: this exchange.</summary>
    /// <value>3 to 64 characters. The default is <c>signalexchange</c>.</value>
    [Required]
    [StringLength(64, MinimumLength = 3)]
    public string Audience { get; set; } = "signalexchange";

    /// <summary>Gets or sets whether members also connect with a TLS certificate.</summary>
    /// <value>None, Optional or Required. The default is None.</value>
    public ClientCertificates ClientCertificates { get; set; }

    /// <summary>Gets or sets the file with the certificates, PEM, of the authorities that members' certificates come from.</summary>
    /// <value>A path; required unless <see cref="ClientCertificates"/> is None.</value>
    public string? ClientCertificateAuthorities { get; set; }

    /// <summary>Gets or sets how many refused calls of nobody known one address may have recorded in a minute on one silo; more are only counted.</summary>
    /// <value>From 1 to 1,000,000. The default is 600.</value>
    [Range(1, 1_000_000)]
    public int UnauthenticatedRefusalsPerAddress { get; set; } = 600;
}
