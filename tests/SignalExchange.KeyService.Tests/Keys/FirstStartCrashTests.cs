using SignalExchange.KeyService.Keys;

namespace SignalExchange.KeyService.Tests.Keys;

/// <summary>A first start that is killed anywhere is finished by the next one, with one set of keys.</summary>
public sealed class FirstStartCrashTests : IDisposable
{
    private readonly TemporaryKeyFolder _folder = new();

    /// <summary>What lies in the folder when the process dies, step by step; a name with .tmp is half written.</summary>
    public static TheoryData<string> Leftovers { get; } =
    [
        "",
        "first-start.tmp",
        "first-start",
        "first-start master.key.tmp",
        "first-start master.key",
        "first-start master.key keys.sxkf.tmp",
    ];

    [Theory]
    [MemberData(nameof(Leftovers))]
    public void Killed_before_the_keys_were_there_it_begins_again(string leftovers)
    {
        Leave(leftovers);
        var keys = _folder.Start();
        Assert.Equal(["keys.sxkf", "master.key"], _folder.Names);
        Assert.Equal(keys, _folder.Start());
    }

    [Fact]
    public void Killed_when_the_keys_were_there_it_keeps_them()
    {
        var keys = _folder.Start();
        File.WriteAllBytes(_folder.FirstStartPath, []);
        Assert.Equal(keys, _folder.Start());
        Assert.Equal(["keys.sxkf", "master.key"], _folder.Names);
    }

    [Fact]
    public void Killed_while_keys_were_added_it_keeps_the_old_ones()
    {
        var keys = _folder.Start();
        File.WriteAllText(_folder.KeysPath + ".tmp", "half a file");
        Assert.Equal(keys, _folder.Start());
        Assert.Equal(["keys.sxkf", "master.key"], _folder.Names);
    }

    [Fact]
    public void Once_finished_the_same_leftovers_are_lost_keys()
    {
        _folder.Start();
        File.Delete(_folder.KeysPath);
        Assert.Contains("are gone", _folder.Refused(), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private void Leave(string leftovers)
    {
        using var finished = new TemporaryKeyFolder();
        finished.Start();
        SecretFiles.EnsureFolder(_folder.Options.Folder);
        foreach (var name in leftovers.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var isHalfWritten = name.EndsWith(SecretFiles.TemporarySuffix, StringComparison.Ordinal);
            var source = Path.Combine(
                finished.Options.Folder,
                isHalfWritten ? Path.GetFileNameWithoutExtension(name) : name
            );
            var content = File.Exists(source) ? File.ReadAllBytes(source) : [];
            SecretFiles.Write(
                Path.Combine(_folder.Options.Folder, name),
                isHalfWritten ? content[..(content.Length / 2)] : content
            );
        }
    }
}
