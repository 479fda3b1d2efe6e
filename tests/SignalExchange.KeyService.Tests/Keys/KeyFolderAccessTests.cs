using System.Runtime.Versioning;
using SignalExchange.KeyService.Keys;

namespace SignalExchange.KeyService.Tests.Keys;

[UnsupportedOSPlatform("windows")]
public sealed class KeyFolderAccessTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryKeyFolder _folder = new();

    public KeyFolderAccessTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has access control lists instead of modes.");
        _folder.Start();
    }

    [Fact]
    public void Folder_and_files_are_their_owners_alone()
    {
        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder.Options.Folder));
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(_folder.KeysPath));
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(_folder.MasterPath));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.GroupExecute)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void A_folder_that_is_open_to_others_is_refused(UnixFileMode opening)
    {
        File.SetUnixFileMode(_folder.Options.Folder, OwnerOnly | UnixFileMode.UserExecute | opening);
        Assert.Equal(
            $"'{_folder.Options.Folder}' is open to others ({opening}). Run: chmod 700 '{_folder.Options.Folder}'.",
            _folder.Refused()
        );
    }

    [Theory]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    [InlineData(UnixFileMode.GroupWrite)]
    public void Files_that_are_open_to_others_are_refused(UnixFileMode opening)
    {
        foreach (var path in new[] { _folder.KeysPath, _folder.MasterPath })
        {
            File.SetUnixFileMode(path, OwnerOnly | opening);
            Assert.Equal($"'{path}' is open to others ({opening}). Run: chmod 600 '{path}'.", _folder.Refused());
            File.SetUnixFileMode(path, OwnerOnly);
        }
    }

    [Fact]
    public void A_mounted_secret_that_the_group_may_read_is_accepted()
    {
        File.SetUnixFileMode(_folder.MasterPath, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        Assert.NotEmpty(_folder.Start());
    }

    [Fact]
    public void A_file_that_is_replaced_stays_its_owners_alone()
    {
        File.WriteAllText(_folder.KeysPath + ".tmp", "left by a crash");
        File.SetUnixFileMode(_folder.KeysPath + ".tmp", OwnerOnly | UnixFileMode.OtherRead);
        SecretFiles.Write(_folder.KeysPath, [1, 2, 3]);
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(_folder.KeysPath));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(_folder.KeysPath));
    }

    public void Dispose() => _folder.Dispose();
}
