using System.Security.Cryptography;
using SignalExchange.Client.Credentials;

namespace SignalExchange.Client.Tests.Credentials;

public sealed class MemberKeysTests
{
    [Fact]
    public void A_key_pair_is_of_P_256_and_new_each_time()
    {
        using var one = MemberKeys.Create();
        using var other = MemberKeys.Create();

        Assert.Equal(256, one.KeySize);
        Assert.NotEqual(ThumbprintOf(one), ThumbprintOf(other));
        Assert.Equal(43, ThumbprintOf(one).Length);
    }

    [Fact]
    public void A_public_key_is_read_from_its_text()
    {
        using var key = MemberKeys.Create();

        Assert.Equal(
            key.ExportSubjectPublicKeyInfo(),
            MemberKeys.ReadPublicKey("a line before\n" + key.ExportSubjectPublicKeyInfoPem())
        );
    }

    [Fact]
    public void A_private_key_is_not_handed_to_operators_by_mistake()
    {
        using var key = MemberKeys.Create();

        Assert.Throws<CryptographicException>(() => MemberKeys.ReadPublicKey(key.ExportPkcs8PrivateKeyPem()));
    }

    [Fact]
    public void What_is_no_key_of_P_256_is_refused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);

        Assert.Throws<CryptographicException>(() => MemberKeys.ReadPublicKey(key.ExportSubjectPublicKeyInfoPem()));
        Assert.Throws<CryptographicException>(() => MemberKeys.ReadPublicKey("nothing"));
        Assert.Throws<CryptographicException>(() => MemberKeys.ThumbprintOf([1, 2, 3]));
    }

    private static string ThumbprintOf(ECDsa key) => MemberKeys.ThumbprintOf(key.ExportSubjectPublicKeyInfo());
}
