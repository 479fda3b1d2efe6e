using SignalExchange.Contracts.Taxonomy;
using SignalExchange.Contracts.V1;
using SignalExchange.KeyService.Keys;

namespace SignalExchange.KeyService.Tests.Keys;

public sealed class KeyStoreTests : IDisposable
{
    private readonly TemporaryKeyFolder _folder = new();

    [Fact]
    public void An_added_key_is_there_after_a_restart_in_its_place()
    {
        string added;
        using (var store = _folder.Open())
        {
            store.Add([Epoch(2)]);
            added = store.Records[1].ToString();
        }

        Assert.Equal(added, _folder.Start()[1]);
        Assert.StartsWith("phone-e164/2/", added, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_key_of_one_type_and_epoch_is_refused_and_nothing_written()
    {
        using var store = _folder.Open();
        var file = File.ReadAllBytes(_folder.KeysPath);
        using var second = Epoch(1);
        Assert.Throws<ArgumentException>(() => store.Add([second]));
        Assert.Equal(file, File.ReadAllBytes(_folder.KeysPath));
        Assert.Equal(IndicatorTypes.All.Count, store.Records.Count);
    }

    [Fact]
    public void A_file_that_somebody_else_replaced_is_not_overwritten()
    {
        using var store = _folder.Open();
        var foreign = KeyFile.Seal(store.Master, [.. store.Records.Take(1)]);
        File.WriteAllBytes(_folder.KeysPath, foreign);
        using var second = Epoch(2);

        var refusal = Assert.Throws<KeyStoreException>(() => store.Add([second]));

        Assert.Contains("was changed by somebody else", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(foreign, File.ReadAllBytes(_folder.KeysPath));
    }

    [Fact]
    public void A_file_that_somebody_else_deleted_is_not_written_anew()
    {
        using var store = _folder.Open();
        File.Delete(_folder.KeysPath);
        using var second = Epoch(2);
        Assert.Throws<KeyStoreException>(() => store.Add([second]));
        Assert.False(File.Exists(_folder.KeysPath));
    }

    [Fact]
    public void A_file_that_took_its_place_and_could_not_be_flushed_is_what_the_store_knows_and_a_retry_makes_it_last()
    {
        var flushed = 0;
        using (var store = _folder.Open())
        {
            store.FlushFolderOf = _ => throw new IOException("The disk is gone.");
            var second = Epoch(2);

            var failure = Assert.Throws<KeyStoreException>(() => store.Add([second]));
            Assert.Contains("could not be flushed", failure.Message, StringComparison.Ordinal);
            Assert.Contains(second, store.Records);
            Assert.Throws<IOException>(() => store.Change(records => records));

            store.FlushFolderOf = _ => flushed++;
            store.Change(records => records);
            store.Change(records => records);
            Assert.Equal(1, flushed);
            store.Add([Epoch(3)]);
        }

        Assert.Equal(2, flushed);
        Assert.Equal(IndicatorTypes.All.Count + 2, _folder.Start().Count);
    }

    [Fact]
    public void A_file_that_could_not_be_written_leaves_what_was_known()
    {
        using var store = _folder.Open();
        var (before, file) = (store.Records, File.ReadAllBytes(_folder.KeysPath));
        Directory.CreateDirectory(_folder.KeysPath + SecretFiles.TemporarySuffix);
        using var second = Epoch(2);

        Assert.ThrowsAny<Exception>(() => store.Add([second]));

        Assert.Same(before, store.Records);
        Assert.Equal(file, File.ReadAllBytes(_folder.KeysPath));
    }

    [Fact]
    public async Task Keys_added_at_the_same_time_are_all_there()
    {
        using (var store = _folder.Open())
        {
            await Task.WhenAll(Enumerable.Range(2, 8).Select(epoch => Task.Run(() => store.Add([Epoch((uint)epoch)]))));
        }

        Assert.Equal(IndicatorTypes.All.Count + 8, _folder.Start().Count);
    }

    public void Dispose() => _folder.Dispose();

    private KeyRecord Epoch(uint epoch) =>
        TestRecords.Of(IndicatorType.PhoneE164, epoch, KeyTerm.Announced(_folder.Time.GetUtcNow()));
}
