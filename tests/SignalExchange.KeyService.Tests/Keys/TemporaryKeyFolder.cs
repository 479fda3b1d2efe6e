using Microsoft.Extensions.Time.Testing;
using SignalExchange.KeyService.Keys;

namespace SignalExchange.KeyService.Tests.Keys;

/// <summary>A key folder of one test, with the clock and the log of who opens it.</summary>
internal sealed class TemporaryKeyFolder : IDisposable
{
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("sx-keys-");

    internal TemporaryKeyFolder() => Options = new() { Folder = Path.Combine(_parent.FullName, "keys") };

    internal KeyServiceOptions Options { get; }

    internal FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    internal CollectingLogger<KeyStore> Log { get; } = new();

    internal string KeysPath => Path.Combine(Options.Folder, "keys.sxkf");

    internal string MasterPath => Path.Combine(Options.Folder, "master.key");

    internal string FirstStartPath => Path.Combine(Options.Folder, "first-start");

    /// <summary>Gets the names of what lies in the folder, but for the lock.</summary>
    internal IEnumerable<string> Names =>
        Directory
            .GetFiles(Options.Folder)
            .Select(Path.GetFileName)
            .Where(name => name != "lock")
            .Order()
            .Cast<string>();

    /// <summary>Returns a path outside the folder.</summary>
    internal string Outside(string name) => Path.Combine(_parent.FullName, name);

    internal KeyStore Open() => new KeyStoreOpener(Options, Time, Log).Open();

    /// <summary>Makes the first keys and returns their ids.</summary>
    internal IReadOnlyList<string> Start()
    {
        using var store = Open();
        return [.. store.Records.Select(record => record.ToString())];
    }

    /// <summary>Checks that the folder is refused, that no file changed, and returns the words.</summary>
    internal string Refused()
    {
        var before = Snapshot();
        var refusal = Assert.Throws<KeyStoreException>(Open);
        Assert.Equal(before, Snapshot());
        return refusal.Message;
    }

    public void Dispose() => _parent.Delete(recursive: true);

    private List<(string, string)> Snapshot() =>
        Directory.Exists(Options.Folder)
            ?
            [
                .. Names.Select(name =>
                    (name, Convert.ToHexString(File.ReadAllBytes(Path.Combine(Options.Folder, name))))
                ),
            ]
            : [];
}
