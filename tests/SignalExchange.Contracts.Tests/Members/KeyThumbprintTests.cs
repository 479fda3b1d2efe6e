using System.Security.Cryptography;
using SignalExchange.Contracts.Members;

namespace SignalExchange.Contracts.Tests.Members;

public sealed class KeyThumbprintTests
{
    // The public key of RFC 7517 appendix A.1; its thumbprint by RFC 7638 section 3 (computed with another implementation).
    private const string X = "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4";
    private const string Y = "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM";

    [Fact]
    public void The_key_of_RFC_7517_has_its_thumbprint()
    {
        using var key = ECDsa.Create(
            new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint
                {
                    X = System.Buffers.Text.Base64Url.DecodeFromChars(X),
                    Y = System.Buffers.Text.Base64Url.DecodeFromChars(Y),
                },
            }
        );

        Assert.True(KeyThumbprint.TryCompute(key.ExportSubjectPublicKeyInfo(), out var thumbprint));
        Assert.Equal("cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s", thumbprint);
    }

    [Fact]
    public void A_key_of_another_curve_is_refused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);

        Assert.False(KeyThumbprint.TryCompute(key.ExportSubjectPublicKeyInfo(), out _));
    }

    [Fact]
    public void A_key_with_something_after_it_is_refused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] longer = [.. key.ExportSubjectPublicKeyInfo(), 0];

        Assert.False(KeyThumbprint.TryCompute(longer, out _));
    }

    [Fact]
    public void Garbage_is_refused() => Assert.False(KeyThumbprint.TryCompute(new byte[91], out _));
}
