using System.Security.Cryptography;
using CsCheck;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.KeyService.Keys;
using SignalExchange.KeyService.Tests.Keys;

namespace SignalExchange.KeyService.Tests;

public sealed class RotationVaultTests : IDisposable
{
    // Made by another implementation, with nonce 00 01 .. 0b.
    private const string Golden =
        "01000102030405060708090a0bb047cac1a690d48e91c74a0707f45b1091cdea3d082dcf7b845ee27a71625c2a976a22"
        + "ee9dd48d56119291a10e939e82";

    private static readonly KeyId Key = new(IndicatorType.PhoneE164, 1, 0x0123456789abcdef);

    private readonly TemporaryKeyFolder _folder = new();
    private readonly MasterKey _master;
    private readonly RotationVault _vault;

    public RotationVaultTests()
    {
        Directory.CreateDirectory(_folder.Options.Folder);
        SecretFiles.Write(_folder.MasterPath, [.. Enumerable.Range(0, 32).Select(i => (byte)i)]);
        _master = MasterKey.Read(_folder.MasterPath);
        _vault = new RotationVault(_master);
    }

    [Fact]
    public void What_was_sealed_opens_again() =>
        Gen.Byte.Array[32].Sample(element => _vault.Open(Key, _vault.Seal(Key, element)).SequenceEqual(element));

    [Fact]
    public void The_format_is_the_drawn_one()
    {
        var golden = Convert.FromHexString(Golden);
        Assert.Equal(61, golden.Length);
        Assert.Equal(Enumerable.Repeat((byte)7, 32), _vault.Open(Key, golden));
    }

    [Fact]
    public void One_element_is_sealed_otherwise_each_time()
    {
        var element = new byte[32];
        Assert.NotEqual(_vault.Seal(Key, element), _vault.Seal(Key, element));
    }

    [Fact]
    public void No_bit_may_flip()
    {
        var sealedElement = _vault.Seal(Key, new byte[32]);
        for (var bit = 0; bit < sealedElement.Length * 8; bit++)
        {
            sealedElement[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.ThrowsAny<CryptographicException>(() => _vault.Open(Key, sealedElement));
            sealedElement[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void It_opens_for_its_own_key_only()
    {
        var sealedElement = _vault.Seal(Key, new byte[32]);
        foreach (
            var other in new[]
            {
                Key with
                {
                    Epoch = 2,
                },
                Key with
                {
                    Type = IndicatorType.Url,
                },
                Key with
                {
                    Fingerprint = 1,
                },
            }
        )
        {
            var refusal = Assert.Throws<CryptographicException>(() => _vault.Open(other, sealedElement));
            Assert.StartsWith(
                $"A sealed element does not open for {other}:",
                refusal.Message,
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public void It_opens_under_its_own_master_key_only()
    {
        using var other = new TemporaryKeyFolder();
        using var store = other.Open();
        var sealedElement = new RotationVault(store.Master).Seal(Key, new byte[32]);
        Assert.Throws<CryptographicException>(() => _vault.Open(Key, sealedElement));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(60)]
    [InlineData(62)]
    public void Another_length_is_refused(int length) =>
        Assert.Throws<CryptographicException>(() => _vault.Open(Key, new byte[length]));

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void Only_an_element_is_sealed(int length) =>
        Assert.Throws<ArgumentException>(() => _vault.Seal(Key, new byte[length]));

    [Fact]
    public void A_newer_format_is_named()
    {
        var sealedElement = _vault.Seal(Key, new byte[32]);
        sealedElement[0] = 2;
        var refusal = Assert.Throws<CryptographicException>(() => _vault.Open(Key, sealedElement));
        Assert.Equal("A sealed element has format 2; this version knows format 1.", refusal.Message);
    }

    public void Dispose()
    {
        _master.Dispose();
        _folder.Dispose();
    }
}
