using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using SignalExchange.Clustering;

namespace SignalExchange.Silo.Security.Silos;

/// <summary>This silo's credentials as the files have them: a certificate that is replaced in time needs no restart.</summary>
/// <remarks>Safe from any thread. Files that cannot be used leave what was read before.</remarks>
internal sealed class SiloCertificates(
    IOptions<SiloTlsOptions> options,
    TimeProvider time,
    ILogger<SiloCertificates> logger
)
{
    private static readonly TimeSpan ReadAgainAfter = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private SiloCredentials? _credentials;
    private Moment _read = Moment.Never;

    /// <summary>Gets the credentials, no more than ten seconds old; connections between silos are few and last.</summary>
    public SiloCredentials Current
    {
        get
        {
            lock (_gate)
            {
                var now = Moment.Now(time);
                if (_read.AgeAt(now, time) > ReadAgainAfter)
                {
                    _credentials = Read() ?? _credentials;
                    _read = now;
                }

                return _credentials ?? throw new InvalidOperationException("This silo's certificate cannot be read.");
            }
        }
    }

    private SiloCredentials? Read()
    {
        try
        {
            return SiloCredentials.Read(options.Value);
        }
        catch (Exception failure) when (failure is CryptographicException or IOException or UnauthorizedAccessException)
        {
            SiloTlsLog.CertificateNotRead(logger, failure);
            return null;
        }
    }
}
