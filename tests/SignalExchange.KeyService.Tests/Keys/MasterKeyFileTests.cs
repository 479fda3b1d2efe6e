using System.Security.Cryptography;

namespace SignalExchange.KeyService.Tests.Keys;

public sealed class MasterKeyFileTests : IDisposable
{
    private readonly TemporaryKeyFolder _folder = new();

    public MasterKeyFileTests() => _folder.Options.MasterKeyFile = _folder.Outside("master");

    [Fact]
    public void A_master_key_elsewhere_is_used_and_none_is_made_beside_the_keys()
    {
        MakeMaster();
        var keys = _folder.Start();
        Assert.Equal(["keys.sxkf"], _folder.Names);
        Assert.Equal(keys, _folder.Start());
    }

    [Fact]
    public void A_master_key_elsewhere_is_never_made()
    {
        Assert.StartsWith(
            $"There is no master key in '{_folder.Options.MasterKeyFile}'.",
            _folder.Refused(),
            StringComparison.Ordinal
        );
        Assert.False(File.Exists(_folder.Options.MasterKeyFile));
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public void Another_master_key_opens_nothing()
    {
        MakeMaster();
        _folder.Start();
        MakeMaster();
        Assert.Contains("sealed under another master key", _folder.Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void With_the_master_key_elsewhere_a_lost_folder_stops_the_start_if_keys_must_not_be_made()
    {
        MakeMaster();
        _folder.Start();
        Directory.Delete(_folder.Options.Folder, recursive: true);
        _folder.Options.CreateMissingKeys = false;
        Assert.StartsWith("There are no keys in", _folder.Refused(), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private void MakeMaster()
    {
        File.WriteAllBytes(_folder.Options.MasterKeyFile!, RandomNumberGenerator.GetBytes(32));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder.Options.MasterKeyFile!, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}
