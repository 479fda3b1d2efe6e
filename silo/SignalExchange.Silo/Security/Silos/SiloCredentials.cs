using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SignalExchange.Silo.Security.Silos;

/// <summary>What a silo shows to others, and by what it knows them.</summary>
/// <param name="Certificate">Its own certificate, with the private key.</param>
/// <param name="Authorities">Whose certificates it believes. Nobody else's: the machine's own list has no say.</param>
internal sealed record SiloCredentials(X509Certificate2 Certificate, X509Certificate2Collection Authorities)
{
    private static readonly string[] Uses = ["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"];

    /// <summary>Reads them.</summary>
    /// <exception cref="CryptographicException">A file holds something else, or the key is another certificate's.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static SiloCredentials Read(SiloTlsOptions options)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(options.AuthoritiesFile!);
        try
        {
            return new(X509Certificate2.CreateFromPemFile(options.CertificateFile!, options.KeyFile!), authorities);
        }
        catch (ArgumentException failure)
        {
            throw new CryptographicException("The key is not the certificate's.", failure);
        }
    }

    /// <summary>Returns the rules for a chain of certificates: it ends at one of the authorities.</summary>
    public X509ChainPolicy MakePolicy()
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck, // A lost key is answered by a new authority: certificates of silos are few.
            DisableCertificateDownloads = true, // A stranger's certificate must not make this silo fetch an address.
        };
        policy.CustomTrustStore.AddRange(Authorities);
        return policy;
    }

    /// <summary>Says what other silos would refuse this one for.</summary>
    /// <param name="name">The name that silos of this cluster have.</param>
    /// <returns>A sentence's end; null when they would not.</returns>
    public string? FindFault(string name)
    {
        if (!Certificate.HasUri(name))
        {
            return $"has no alternative name of type URI that is {name}";
        }

        using var chain = new X509Chain { ChainPolicy = MakePolicy() };
        Array.ForEach(Uses, use => chain.ChainPolicy.ApplicationPolicy.Add(new(use)));
        return chain.Build(Certificate)
            ? null
            : $"is not good for servers and clients under these authorities at this time ({string.Join(", ", chain.ChainStatus.Select(it => it.Status).Distinct())})";
    }
}
