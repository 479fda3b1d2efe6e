using System.Runtime.Versioning;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Sqlite.Tests.Files;

[UnsupportedOSPlatform("windows")]
public sealed class RightsTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Everything_belongs_to_its_owner_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix file modes.");
        await using var store = await _folder.OpenStoreAsync();
        var model = new ShardModel(store.Shards, new(0));
        await model.CommitAsync(store, model.Next(1), TestContext.Current.CancellationToken);

        Assert.Equal("700", Mode(_folder.Path));
        var files = Directory.GetFiles(_folder.Path);
        Assert.Equal(
            ["exchange.db", "exchange.db-shm", "exchange.db-wal", "exchange.lock"],
            files.Select(Path.GetFileName).Order()
        );
        Assert.All(files, file => Assert.Equal("600", Mode(file)));
    }

    [Fact]
    public async Task Restored_file_that_others_can_read_is_closed_to_them()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix file modes.");
        await (await _folder.OpenStoreAsync()).DisposeAsync();
        File.SetUnixFileMode(_folder.Database, (UnixFileMode)Convert.ToInt32("644", 8));

        await using var store = await _folder.OpenStoreAsync();

        Assert.Equal("600", Mode(_folder.Database));
    }

    [Fact]
    public async Task Folder_that_others_can_enter_is_worth_a_warning()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix file modes.");
        Directory.CreateDirectory(_folder.Path, (UnixFileMode)Convert.ToInt32("755", 8));

        await using var store = await _folder.OpenStoreAsync();

        var warning = Assert.Single(_folder.Logged, line => line.Contains("chmod", StringComparison.Ordinal));
        Assert.Contains(_folder.Path, warning, StringComparison.Ordinal);
        Assert.Contains("755", warning, StringComparison.Ordinal);
    }

    private static string Mode(string path) => Convert.ToString((int)File.GetUnixFileMode(path), 8);
}
