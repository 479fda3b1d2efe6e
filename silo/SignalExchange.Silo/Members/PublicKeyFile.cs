using System.Security.Cryptography;

namespace SignalExchange.Silo.Members;

/// <summary>A public key in a PEM file, as <c>sigx keys new</c> writes it.</summary>
internal static class PublicKeyFile
{
    /// <summary>Reads the file.</summary>
    /// <returns>The key as DER SubjectPublicKeyInfo.</returns>
    /// <exception cref="CryptographicException">The file holds no public key.</exception>
    public static byte[] Read(string path)
    {
        using var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(path));
        }
        catch (ArgumentException notPem)
        {
            throw new CryptographicException(
                $"'{path}' holds no key in PEM form. Make one with: sigx keys new",
                notPem
            );
        }

        return key.ExportSubjectPublicKeyInfo();
    }
}
