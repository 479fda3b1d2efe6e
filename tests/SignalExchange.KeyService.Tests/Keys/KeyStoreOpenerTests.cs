using Microsoft.Extensions.Logging;
using SignalExchange.Contracts.Taxonomy;

namespace SignalExchange.KeyService.Tests.Keys;

public sealed class KeyStoreOpenerTests : IDisposable
{
    private readonly TemporaryKeyFolder _folder = new();

    [Fact]
    public void First_start_makes_one_key_of_epoch_1_for_every_type()
    {
        using var store = _folder.Open();
        Assert.Equal(IndicatorTypes.All, store.Records.Select(record => record.KeyId.Type));
        Assert.All(
            store.Records,
            record =>
            {
                Assert.Equal(1u, record.KeyId.Epoch);
                Assert.Equal("canon-1", record.CanonicalVersion);
                Assert.Equal(_folder.Time.GetUtcNow(), record.Term.NotBefore);
                Assert.Equal(_folder.Time.GetUtcNow() + TimeSpan.FromDays(90), record.Term.NotAfter);
            }
        );
        Assert.Equal(["keys.sxkf", "master.key"], _folder.Names);
    }

    [Fact]
    public void First_start_says_that_keys_were_made_and_where()
    {
        _folder.Start();
        var warning = Assert.Single(_folder.Log.Entries, entry => entry.Level == LogLevel.Warning);
        Assert.StartsWith(
            $"Made the first {IndicatorTypes.All.Count} keys in {_folder.KeysPath}.",
            warning.Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Restart_keeps_every_key_and_makes_none()
    {
        var first = _folder.Start();
        var file = File.ReadAllBytes(_folder.KeysPath);
        _folder.Time.Advance(TimeSpan.FromDays(400));
        Assert.Equal(first, _folder.Start());
        Assert.Equal(file, File.ReadAllBytes(_folder.KeysPath));
    }

    [Fact]
    public void Restart_keeps_the_secrets_and_the_terms()
    {
        using (var store = _folder.Open())
        {
            Assert.NotEmpty(store.Records);
        }

        using var first = _folder.Open();
        var (secrets, terms) = (first.Records.Select(Secrets.Of).ToList(), first.Records.Select(TermOf).ToList());
        first.Dispose();
        using var second = _folder.Open();
        Assert.Equal(secrets, second.Records.Select(Secrets.Of));
        Assert.Equal(terms, second.Records.Select(TermOf));
    }

    [Fact]
    public void Two_folders_have_different_keys()
    {
        using var other = new TemporaryKeyFolder();
        Assert.Empty(_folder.Start().Intersect(other.Start()));
    }

    [Fact]
    public void A_second_owner_is_refused_until_the_first_has_gone()
    {
        using (_folder.Open())
        {
            Assert.Contains("used by another process", _folder.Refused(), StringComparison.Ordinal);
        }

        Assert.NotEmpty(_folder.Start());
    }

    [Fact]
    public void A_kind_of_identifier_that_is_new_gets_a_key_and_the_others_keep_theirs()
    {
        var before = KeyFiles.KeepOnly(_folder, 4);
        var after = _folder.Start();
        Assert.Equal(before, after.Take(4));
        Assert.Equal(IndicatorTypes.All.Count, after.Count);
    }

    [Fact]
    public void Without_permission_nothing_is_made_for_a_new_kind_of_identifier()
    {
        KeyFiles.KeepOnly(_folder, 8);
        _folder.Options.CreateMissingKeys = false;
        Assert.StartsWith("There is no key for invite-link,", _folder.Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_permission_an_empty_folder_stops_the_start()
    {
        _folder.Options.CreateMissingKeys = false;
        Assert.StartsWith($"There are no keys in '{_folder.KeysPath}'", _folder.Refused(), StringComparison.Ordinal);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public void With_all_keys_there_no_permission_is_needed()
    {
        var keys = _folder.Start();
        _folder.Options.CreateMissingKeys = false;
        Assert.Equal(keys, _folder.Start());
    }

    public void Dispose() => _folder.Dispose();

    private static (KeyService.Keys.KeyTerm, string) TermOf(KeyService.Keys.KeyRecord record) =>
        (record.Term, record.CanonicalVersion);
}
