using System.Net.Security;

namespace SignalExchange.Silo.Security.Silos;

internal static partial class SiloTlsLog
{
    [LoggerMessage(
        1,
        LogLevel.Warning,
        "The certificate for connections between silos could not be read. The one that was read before goes on being used."
    )]
    public static partial void CertificateNotRead(ILogger logger, Exception failure);

    [LoggerMessage(
        2,
        LogLevel.Warning,
        "Refused a connection between silos: the other side's certificate of serial number {Serial} is not one of this cluster's ({Errors})."
    )]
    public static partial void CertificateRefused(ILogger logger, string serial, SslPolicyErrors errors);
}
