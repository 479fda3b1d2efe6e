namespace SignalExchange.Silo.Security;

/// <summary>Whether members connect with a TLS certificate, besides their signed tokens.</summary>
public enum ClientCertificates
{
    /// <summary>They do not; one that is sent is not looked at.</summary>
    None,

    /// <summary>They may; one that is sent must be right.</summary>
    Optional,

    /// <summary>They must.</summary>
    Required,
}
