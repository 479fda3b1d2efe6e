using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace SignalExchange.Contracts.Members;

/// <summary>The RFC 7638 thumbprint of a member's public key: the <c>kid</c> of its tokens.</summary>
public static class KeyThumbprint
{
    private const string NistP256 = "1.2.840.10045.3.1.7";

    /// <summary>Computes the thumbprint.</summary>
    /// <param name="subjectPublicKeyInfo">A DER SubjectPublicKeyInfo of a P-256 key: named curve, uncompressed point, nothing after it.</param>
    /// <param name="thumbprint">43 characters of base64url; null when false is returned.</param>
    /// <returns>Whether it is such a key in exactly that encoding, so that one key has one form.</returns>
    public static bool TryCompute(ReadOnlySpan<byte> subjectPublicKeyInfo, [NotNullWhen(true)] out string? thumbprint)
    {
        thumbprint = null;
        using var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(subjectPublicKeyInfo, out _);
            var parameters = key.ExportParameters(includePrivateParameters: false);
            if (
                parameters.Curve.Oid.Value != NistP256
                || !key.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(subjectPublicKeyInfo)
            )
            {
                return false;
            }

            thumbprint = Compute(parameters.Q);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    // RFC 7638 section 3.2: the required members of an EC key, in lexicographic order, without white space.
    private static string Compute(ECPoint point)
    {
        var json =
            $$"""{"crv":"P-256","kty":"EC","x":"{{Base64Url.EncodeToString(point.X)}}","y":"{{Base64Url.EncodeToString(point.Y)}}"}""";
        return Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(json)));
    }
}
