using SignalExchange.KeyService.Keys;

namespace SignalExchange.KeyService.Tests.Keys;

/// <summary>No secret in any text that a person or a log gets to see.</summary>
public sealed class SecrecyTests : IDisposable
{
    private readonly TemporaryKeyFolder _folder = new();

    [Fact]
    public void Neither_logs_nor_refusals_nor_files_show_a_secret()
    {
        _folder.Start();
        List<string> secrets;
        using (var store = _folder.Open())
        {
            secrets = [.. store.Records.Select(Secrets.Of)];
            Assert.All(store.Records, record => Assert.Equal(record.KeyId.ToString(), record.ToString()));
        }

        var master = File.ReadAllBytes(_folder.MasterPath);
        secrets.Add(Convert.ToHexStringLower(master));
        var texts = _folder.Log.Entries.Select(entry => entry.Text).ToList();
        var file = File.ReadAllBytes(_folder.KeysPath);
        texts.Add(Convert.ToHexStringLower(file));
        texts.Add(RefusalAfter(() => File.WriteAllBytes(_folder.KeysPath, [.. file, 1])));
        texts.Add(RefusalAfter(() => File.WriteAllBytes(_folder.MasterPath, master[1..])));
        texts.Add(RefusalAfter(() => File.Delete(_folder.MasterPath)));
        texts.Add(
            RefusalAfter(() => File.WriteAllBytes(_folder.MasterPath, master), () => File.Delete(_folder.KeysPath))
        );

        Assert.All(texts, text => Assert.All(secrets, secret => AssertNotIn(text, secret)));
    }

    public void Dispose() => _folder.Dispose();

    private static void AssertNotIn(string text, string secret)
    {
        var bytes = Convert.FromHexString(secret);
        foreach (var form in new[] { secret[..12], secret[^12..], Convert.ToBase64String(bytes)[..10] })
        {
            Assert.DoesNotContain(form, text, StringComparison.OrdinalIgnoreCase);
        }
    }

    private string RefusalAfter(params Action[] damages)
    {
        foreach (var damage in damages)
        {
            damage();
        }

        return Assert.Throws<KeyStoreException>(_folder.Open).ToString();
    }
}
