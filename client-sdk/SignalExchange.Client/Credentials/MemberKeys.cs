using System.Security.Cryptography;
using SignalExchange.Contracts.Members;

namespace SignalExchange.Client.Credentials;

/// <summary>Members' key pairs: P-256, the private half for <see cref="MemberCredential"/>, the public half for the operators.</summary>
/// <remarks>Safe from any thread.</remarks>
public static class MemberKeys
{
    /// <summary>Makes a key pair from the operating system's randomness.</summary>
    /// <returns>The pair; the caller disposes it, or hands it to a <see cref="MemberCredential"/> that does.</returns>
    public static ECDsa Create() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>Returns the RFC 7638 thumbprint of a public key: the <c>kid</c> of the tokens signed with its private half.</summary>
    /// <param name="publicKey">DER SubjectPublicKeyInfo, P-256.</param>
    /// <returns>43 characters of base64url.</returns>
    /// <exception cref="CryptographicException">It is not such a key.</exception>
    public static string ThumbprintOf(ReadOnlySpan<byte> publicKey) =>
        KeyThumbprint.TryCompute(publicKey, out var thumbprint)
            ? thumbprint
            : throw new CryptographicException("A member's key is a P-256 SubjectPublicKeyInfo.");

    /// <summary>Reads a public key in PEM form, as operators get it from a member.</summary>
    /// <param name="pem">The text, with one <c>PUBLIC KEY</c>.</param>
    /// <returns>DER SubjectPublicKeyInfo.</returns>
    /// <exception cref="CryptographicException">
    /// It holds no P-256 public key, or a private one: that must not leave the member. Nothing of the text is in the message.
    /// </exception>
    public static byte[] ReadPublicKey(ReadOnlySpan<char> pem)
    {
        if (!PemEncoding.TryFind(pem, out var fields) || !pem[fields.Label].SequenceEqual("PUBLIC KEY"))
        {
            throw new CryptographicException("The text holds no public key in PEM form.");
        }

        var publicKey = Convert.FromBase64String(pem[fields.Base64Data].ToString());
        _ = ThumbprintOf(publicKey);
        return publicKey;
    }
}
