using SignalExchange.Contracts.V1;
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
        Assert.Equal(KeyTerm.InForce(TestRecords.Begin, TimeSpan.FromDays(90)), record.Term);
        Assert.Equal("canon-1", record.CanonicalVersion);
    }

    [Fact]
    public void A_file_of_the_first_version_with_a_successor_has_one_key_in_force_and_the_other_on_its_way_out()
    {
        using var first = TestRecords.InForce(IndicatorType.Url, 1);
        using var second = TestRecords.Of(
            IndicatorType.Url,
            2,
            KeyTerm.InForce(TestRecords.Begin.AddDays(90), TimeSpan.FromDays(90))
        );

        var read = KeyRecordCodec.DecodeFirst([.. FirstForm(first), .. FirstForm(second)]);

        Assert.Equal([KeyState.Retiring, KeyState.Active], read.Select(record => record.Term.State));
        Assert.Equal(TestRecords.Begin.AddDays(97), read[0].Term.ChecksUntil);
        Assert.Equal(first.KeyId, read[1].Term.Previous);
        Assert.All(read, record => record.Dispose());
    }

    [Fact]
    public void The_same_keys_are_sealed_otherwise_each_time()
    {
        using var store = _folder.Open();
        Assert.NotEqual(KeyFile.Seal(store.Master, store.Records), KeyFile.Seal(store.Master, store.Records));
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] FirstForm(KeyRecord record)
    {
        var bytes = new byte[1 + record.ToString().Length + 1 + record.CanonicalVersion.Length + 16 + 32];
        var writer = new RecordWriter(bytes);
        writer.WriteText(record.ToString());
        writer.WriteText(record.CanonicalVersion);
        writer.WriteTime(record.Term.NotBefore);
        writer.WriteTime(record.Term.NotAfter);
        record.Key!.Export(writer.Take(32));
        return bytes;
    }
}
