using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Members;

namespace SignalExchange.Client.Credentials;

/// <summary>A member's id and private key: signs a short-lived JWT (ES256) for every attempt of every call.</summary>
/// <remarks>The private key never leaves the process. Safe from any thread. Dispose it when no client uses it any more.</remarks>
public sealed class MemberCredential : IDisposable
{
    private const int JtiLength = 16;

    private readonly ECDsa _key;
    private readonly SigningCredentials _signing;
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
        _signing = new(new ECDsaSecurityKey(privateKey) { KeyId = thumbprint }, SecurityAlgorithms.EcdsaSha256);
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
            return new(member, key);
        }
        catch (ArgumentException notPem)
        {
            key.Dispose();
            throw new CryptographicException($"'{path}' holds no P-256 private key in PEM form.", notPem);
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

    /// <summary>Signs a token that nobody has used.</summary>
    internal string Sign(string audience, DateTimeOffset now, TimeSpan lifetime) =>
        _handler.CreateToken(
            new SecurityTokenDescriptor
            {
                SigningCredentials = _signing,
                Claims = new Dictionary<string, object>(StringComparer.Ordinal)
                {
                    [JwtRegisteredClaimNames.Iss] = Member.Value,
                    [JwtRegisteredClaimNames.Sub] = Member.Value,
                    [JwtRegisteredClaimNames.Aud] = audience,
                    [JwtRegisteredClaimNames.Iat] = now.ToUnixTimeSeconds(),
                    [JwtRegisteredClaimNames.Exp] = (now + lifetime).ToUnixTimeSeconds(),
                    [JwtRegisteredClaimNames.Jti] = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(JtiLength)),
                },
            }
        );
}
