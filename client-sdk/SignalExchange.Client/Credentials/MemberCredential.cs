using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Members;

namespace SignalExchange.Client.Credentials;

/// <summary>A member's id and private key: signs a short-lived JWT (ES256) for every attempt of every call.</summary>
/// <remarks>
/// The private key never leaves the process. Safe from any thread. Dispose it when no client uses it any more. Prints as the member.
/// </remarks>
public sealed class MemberCredential : IDisposable
{
    private const int JtiLength = 16;

    private readonly Lock _signing = new();
    private readonly ECDsa _key;
    private readonly SigningCredentials _credentials;
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>Creates a credential.</summary>
    /// <param name="member">The member.</param>
    /// <param name="privateKey">A P-256 private key; owned by the credential from now on.</param>
    /// <exception cref="ArgumentException">It is not a P-256 key.</exception>
    public MemberCredential(MemberId member, ECDsa privateKey)
    {
        ArgumentNullException.ThrowIfNull(privateKey);
        if (!KeyThumbprint.TryCompute(privateKey.ExportSubjectPublicKeyInfo(), out var thumbprint))
        {
            throw new ArgumentException("A member's key is a P-256 key.", nameof(privateKey));
        }

        _key = privateKey;
        Member = member;
        Thumbprint = thumbprint;
        var key = new ECDsaSecurityKey(privateKey)
        {
            KeyId = thumbprint,
            // The library's shared cache goes by thumbprint: a second credential with this key would get the first one's disposed key.
            CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
        };
        _credentials = new(key, SecurityAlgorithms.EcdsaSha256);
    }

    /// <summary>Gets the member.</summary>
    public MemberId Member { get; }

    /// <summary>Gets the RFC 7638 thumbprint of the public key: the <c>kid</c> of the tokens.</summary>
    public string Thumbprint { get; }

    /// <summary>Reads a private key in PEM form (PKCS#8 or SEC 1).</summary>
    /// <param name="member">The member.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="CryptographicException">The file holds no P-256 private key; nothing of its content is in the message.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static MemberCredential FromPemFile(MemberId member, string path)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(path));
            // A public key is imported without complaint; only its holder's first signature would fail.
            _ = key.ExportParameters(includePrivateParameters: true);
            return new(member, key);
        }
        catch (Exception failure) when (failure is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new CryptographicException($"'{path}' holds no P-256 private key in PEM form.", failure);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>Returns <c>credential:</c> and the member.</summary>
    public override string ToString() => $"credential:{Member}";

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    /// <summary>Gets the public key, DER SubjectPublicKeyInfo.</summary>
    internal byte[] PublicKey => _key.ExportSubjectPublicKeyInfo();

    /// <summary>Signs bytes by ES256: r and s, 64 bytes.</summary>
    internal byte[] SignData(byte[] data) => _key.SignData(data, HashAlgorithmName.SHA256);

    /// <summary>Signs a token that nobody has used.</summary>
    internal string Sign(string audience, DateTimeOffset now, TimeSpan lifetime)
    {
        var claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            [JwtRegisteredClaimNames.Iss] = Member.Value,
            [JwtRegisteredClaimNames.Sub] = Member.Value,
            [JwtRegisteredClaimNames.Aud] = audience,
            [JwtRegisteredClaimNames.Iat] = now.ToUnixTimeSeconds(),
            [JwtRegisteredClaimNames.Exp] = (now + lifetime).ToUnixTimeSeconds(),
            [JwtRegisteredClaimNames.Jti] = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(JtiLength)),
        };
        var descriptor = new SecurityTokenDescriptor { SigningCredentials = _credentials, Claims = claims };

        // .NET promises no safety of one ECDsa among threads; a signature takes some 50 microseconds.
        lock (_signing)
        {
            return _handler.CreateToken(descriptor);
        }
    }
}
