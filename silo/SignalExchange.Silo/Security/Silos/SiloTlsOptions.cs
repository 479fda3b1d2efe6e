namespace SignalExchange.Silo.Security.Silos;

/// <summary>How silos prove to each other that they are silos of one cluster: mutual TLS under an authority of the cluster's own.</summary>
/// <remarks>All three are set, or none: without them silos talk in clear, on loopback only.</remarks>
public sealed class SiloTlsOptions
{
    /// <summary>Gets or sets the file with this silo's certificate, PEM.</summary>
    /// <value>
    /// A path. The certificate is good for servers and clients, and one of its alternative names is the URI
    /// <c>signalexchange:silo:CLUSTER</c>. Null, the default, for none.
    /// </value>
    public string? CertificateFile { get; set; }

    /// <summary>Gets or sets the file with the certificate's private key, PEM.</summary>
    /// <value>A path. Null, the default, for none.</value>
    public string? KeyFile { get; set; }

    /// <summary>Gets or sets the file with the certificates, PEM, of the authorities that silos' certificates come from, and of those in between.</summary>
    /// <value>A path. Null, the default, for none.</value>
    public string? AuthoritiesFile { get; set; }

    /// <summary>Gets whether silos use TLS.</summary>
    internal bool IsSet => CertificateFile is not null || KeyFile is not null || AuthoritiesFile is not null;
}
