using CsCheck;
using SignalExchange.KeyService.Keys;

namespace SignalExchange.KeyService.Tests.Keys;

/// <summary>Whatever is wrong with the folder, the start stops with the reason, and no file is touched.</summary>
public sealed class KeyFolderDamageTests : IDisposable
{
    private readonly TemporaryKeyFolder _folder = new();

    public KeyFolderDamageTests() => _folder.Start();

    [Fact]
    public void Lost_keys_are_not_replaced()
    {
        File.Delete(_folder.KeysPath);
        Assert.Contains($"the keys in '{_folder.KeysPath}' are gone", _folder.Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_lost_master_key_is_not_replaced()
    {
        File.Delete(_folder.MasterPath);
        Assert.StartsWith(
            $"There is no master key in '{_folder.MasterPath}'.",
            _folder.Refused(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Keys_sealed_under_another_master_key_are_refused()
    {
        using var other = new TemporaryKeyFolder();
        other.Start();
        File.Copy(other.MasterPath, _folder.MasterPath, overwrite: true);
        Assert.StartsWith(
            $"The keys in '{_folder.KeysPath}' cannot be opened. The file is damaged, or was sealed under another master key.",
            _folder.Refused(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void A_master_key_of_another_size_is_refused(int size)
    {
        File.WriteAllBytes(_folder.MasterPath, new byte[size]);
        Assert.StartsWith(
            $"'{_folder.MasterPath}' is not a master key: it has {size} bytes instead of 32.",
            _folder.Refused(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void No_byte_of_the_file_may_change()
    {
        var file = File.ReadAllBytes(_folder.KeysPath);
        using var master = MasterKey.Read(_folder.MasterPath);
        for (var i = 0; i < file.Length; i++)
        {
            file[i] ^= 0x40;
            Assert.Throws<InvalidDataException>(() => KeyFile.Open(master, file));
            file[i] ^= 0x40;
        }

        Assert.NotEmpty(KeyFile.Open(master, file));
    }

    [Fact]
    public void A_file_that_ends_early_or_late_is_refused()
    {
        var file = File.ReadAllBytes(_folder.KeysPath);
        using var master = MasterKey.Read(_folder.MasterPath);
        for (var length = 0; length < file.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => KeyFile.Open(master, file.AsSpan(0, length)));
        }

        Assert.Throws<InvalidDataException>(() => KeyFile.Open(master, [.. file, 0]));
    }

    [Fact]
    public void Foreign_bytes_are_refused_and_never_a_crash()
    {
        using var master = MasterKey.Read(_folder.MasterPath);
        Gen.Byte.Array[0, 200]
            .Sample(
                bytes =>
                {
                    File.WriteAllBytes(_folder.KeysPath, [.. "SXKF\u0001"u8, .. bytes]);
                    return _folder.Refused().StartsWith("The keys in", StringComparison.Ordinal);
                },
                iter: 50,
                threads: 1
            );
    }

    [Fact]
    public void A_newer_format_is_left_to_the_version_that_wrote_it()
    {
        var file = File.ReadAllBytes(_folder.KeysPath);
        file[4] = 3;
        File.WriteAllBytes(_folder.KeysPath, file);
        Assert.Contains(
            "The file has format 3; this version knows 1 and 2. Use the version that wrote it.",
            _folder.Refused(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_folder_in_the_place_of_the_file_is_refused()
    {
        File.Delete(_folder.KeysPath);
        File.Delete(_folder.MasterPath);
        Directory.CreateDirectory(_folder.KeysPath);
        Assert.Throws<KeyStoreException>(_folder.Open);
    }

    public void Dispose() => _folder.Dispose();
}
