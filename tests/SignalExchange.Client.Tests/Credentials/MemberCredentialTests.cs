using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using SignalExchange.Client.Credentials;
using SignalExchange.Contracts;

namespace SignalExchange.Client.Tests.Credentials;

public sealed class MemberCredentialTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_token_says_who_for_whom_and_for_how_long()
    {
        using var credential = NewCredential();

        var token = new JsonWebToken(credential.Sign("signalexchange", Now, TimeSpan.FromMinutes(1)));

        Assert.Equal(("ES256", credential.Thumbprint), (token.Alg, token.Kid));
        Assert.Equal(("platform-a", "platform-a"), (token.Issuer, token.Subject));
        Assert.Equal(["signalexchange"], token.Audiences);
        Assert.Equal((Now.UtcDateTime, Now.UtcDateTime.AddMinutes(1)), (token.IssuedAt, token.ValidTo));
    }

    [Fact]
    public void No_two_tokens_have_the_same_id()
    {
        using var credential = NewCredential();

        var ids = Enumerable
            .Range(0, 100)
            .Select(_ => new JsonWebToken(credential.Sign("x", Now, TimeSpan.FromMinutes(1))).Id);

        Assert.Equal(100, ids.Distinct().Count());
    }

    [Fact]
    public void A_key_of_another_curve_is_refused() =>
        Assert.Throws<ArgumentException>(() =>
            new MemberCredential(new MemberId("platform-a"), ECDsa.Create(ECCurve.NamedCurves.nistP384))
        );

    [Fact]
    public void A_file_without_a_key_is_refused_without_a_word_of_its_content()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "-----BEGIN SOMETHING-----\nc2VjcmV0\n-----END SOMETHING-----\n");

        var refused = Assert.Throws<CryptographicException>(() =>
            MemberCredential.FromPemFile(new MemberId("platform-a"), file)
        );

        Assert.DoesNotContain("c2VjcmV0", refused.ToString(), StringComparison.Ordinal);
        File.Delete(file);
    }

    private static MemberCredential NewCredential() =>
        new(new MemberId("platform-a"), ECDsa.Create(ECCurve.NamedCurves.nistP256));
}
