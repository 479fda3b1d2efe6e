using SignalExchange.KeyService.Keys;

namespace SignalExchange.KeyService.Tests.Keys;

public sealed class KeyFileTests : IDisposable
{
    // Made by another implementation, with nonce 00 01 .. 0b; the key is the first of contracts/vectors/tokens/derivation.json.
    private const string GoldenKeyId = "phone-e164/1/ce71d3c8c1f3219a";
    private const string Golden =
        "53584b4601000102030405060708090a0b4df38c8c8e0e318b894f09763aa10894126f494b001475319b0f6ed0daf6da"
        + "21473b525c70e09f99e935888a673c60170ad6a7f12982585371b6f33a178cb5f1fff3b55ba3bed20b5a395c60193210"
        + "d0932897c54cd6f74b89f40b7186638e701e82908f6357";

    private readonly TemporaryKeyFolder _folder = new();

    [Fact]
    public void A_file_of_the_first_version_opens()
    {
        Directory.CreateDirectory(_folder.Options.Folder);
        SecretFiles.Write(_folder.MasterPath, [.. Enumerable.Range(0, 32).Select(i => (byte)i)]);
        using var master = MasterKey.Read(_folder.MasterPath);

        using var record = Assert.Single(KeyFile.Open(master, Convert.FromHexString(Golden)));

        Assert.Equal(GoldenKeyId, record.KeyId.ToString());
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), record.NotBefore);
        Assert.Equal(new DateTimeOffset(2026, 5, 30, 12, 0, 0, TimeSpan.Zero), record.NotAfter);
        Assert.Equal("canon-1", record.CanonicalVersion);
    }

    [Fact]
    public void The_same_keys_are_sealed_otherwise_each_time()
    {
        using var store = _folder.Open();
        Assert.NotEqual(KeyFile.Seal(store.Master, store.Records), KeyFile.Seal(store.Master, store.Records));
    }

    public void Dispose() => _folder.Dispose();
}
