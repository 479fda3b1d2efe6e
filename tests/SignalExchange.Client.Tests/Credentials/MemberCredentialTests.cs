using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SignalExchange.Client.Credentials;
using SignalExchange.Contracts;

namespace SignalExchange.Client.Tests.Credentials;

public sealed class MemberCredentialTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly MemberId PlatformA = new("platform-a");

    [Fact]
    public void A_token_says_who_for_whom_and_for_how_long()
    {
        using var credential = NewCredential();

        var token = new JsonWebToken(credential.Sign("signalexchange", Now, TimeSpan.FromMinutes(1)));

        Assert.Equal(("ES256", "JWT", credential.Thumbprint), (token.Alg, token.Typ, token.Kid));
        Assert.Equal(("platform-a", "platform-a"), (token.Issuer, token.Subject));
        Assert.Equal(["signalexchange"], token.Audiences);
        Assert.Equal((Now.UtcDateTime, Now.UtcDateTime.AddMinutes(1)), (token.IssuedAt, token.ValidTo));
        Assert.Equal(
            ["aud", "exp", "iat", "iss", "jti", "sub"],
            token.Claims.Select(claim => claim.Type).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Its_signature_is_that_of_the_key()
    {
        using var key = MemberKeys.Create();
        using var credential = new MemberCredential(PlatformA, key);
        using var other = MemberKeys.Create();
        var token = credential.Sign("signalexchange", Now, TimeSpan.FromMinutes(1));

        Assert.True(await IsSignedBy(key, token));
        Assert.False(await IsSignedBy(other, token));
    }

    [Fact]
    public void No_two_tokens_have_the_same_id_however_many_threads_sign()
    {
        using var credential = NewCredential();

        var ids = Enumerable
            .Range(0, 200)
            .AsParallel()
            .WithDegreeOfParallelism(8)
            .Select(_ => new JsonWebToken(credential.Sign("x", Now, TimeSpan.FromMinutes(1))).Id)
            .ToHashSet();

        Assert.Equal(200, ids.Count);
        Assert.All(ids, id => Assert.Equal(22, id.Length)); // 128 bits of base64url
    }

    [Fact]
    public void A_second_credential_of_the_key_signs_when_the_first_is_gone()
    {
        using var key = MemberKeys.Create();
        var pem = key.ExportPkcs8PrivateKeyPem();
        using (var first = FromPem(pem))
        {
            first.Sign("x", Now, TimeSpan.FromMinutes(1));
        }

        using var second = FromPem(pem);

        Assert.NotEmpty(second.Sign("x", Now, TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void Both_forms_of_private_key_files_are_read()
    {
        using var key = MemberKeys.Create();
        var thumbprint = MemberKeys.ThumbprintOf(key.ExportSubjectPublicKeyInfo());

        using var pkcs8 = FromPem(key.ExportPkcs8PrivateKeyPem());
        using var sec1 = FromPem(key.ExportECPrivateKeyPem());

        Assert.Equal([thumbprint, thumbprint], [pkcs8.Thumbprint, sec1.Thumbprint]);
    }

    [Fact]
    public void A_key_of_another_curve_is_refused() =>
        Assert.Throws<ArgumentException>(() =>
            new MemberCredential(PlatformA, ECDsa.Create(ECCurve.NamedCurves.nistP384))
        );

    [Fact]
    public void A_file_without_a_private_key_is_refused_without_a_word_of_its_content()
    {
        using var key = MemberKeys.Create();
        using var ofOtherCurve = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        string[] texts =
        [
            "-----BEGIN SOMETHING-----\nc2VjcmV0\n-----END SOMETHING-----\n",
            "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n",
            "c2VjcmV0",
            key.ExportSubjectPublicKeyInfoPem(),
            ofOtherCurve.ExportPkcs8PrivateKeyPem(),
        ];

        foreach (var text in texts)
        {
            var refused = Assert.Throws<CryptographicException>(() => FromPem(text));

            Assert.Contains("holds no P-256 private key", refused.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("c2VjcmV0", refused.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void It_prints_as_the_member()
    {
        using var credential = NewCredential();

        Assert.Equal("credential:platform-a", credential.ToString());
    }

    private static async Task<bool> IsSignedBy(ECDsa key, string token)
    {
        using var publicKey = ECDsa.Create(key.ExportParameters(includePrivateParameters: false));
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(
            token,
            new TokenValidationParameters
            {
                IssuerSigningKey = new ECDsaSecurityKey(publicKey)
                {
                    CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
                },
                ValidIssuer = "platform-a",
                ValidAudience = "signalexchange",
                ValidateLifetime = false,
            }
        );
        return result.IsValid;
    }

    private static MemberCredential FromPem(string pem)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, pem);
            return MemberCredential.FromPemFile(PlatformA, file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static MemberCredential NewCredential() => new(PlatformA, MemberKeys.Create());
}
