using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SignalExchange.Contracts.Taxonomy;
using SignalExchange.KeyService.Keys;
using SignalExchange.KeyService.Tests.Keys;

namespace SignalExchange.KeyService.Tests;

public sealed class KeyServiceRegistrationTests : IDisposable
{
    private readonly TemporaryKeyFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_folder_is_opened_when_the_host_starts()
    {
        await using var provider = Build();
        Assert.False(Directory.Exists(_folder.Options.Folder));
        foreach (var hosted in provider.GetServices<IHostedService>())
        {
            await hosted.StartAsync(Cancelled);
        }

        Assert.True(File.Exists(_folder.KeysPath));
        Assert.NotEmpty(await provider.GetRequiredService<IKeyService>().GetManifestsAsync(Cancelled));
        Assert.NotNull(provider.GetRequiredService<IRotationVault>());
    }

    [Fact]
    public async Task A_folder_that_cannot_be_used_stops_the_host()
    {
        _folder.Start();
        File.Delete(_folder.KeysPath);
        await using var provider = Build();
        var watch = Assert.Single(provider.GetServices<IHostedService>().OfType<KeyEpochWatch>());
        await Assert.ThrowsAsync<KeyStoreException>(() => watch.StartAsync(Cancelled));
    }

    [Fact]
    public async Task A_stopped_process_gives_the_folder_back()
    {
        await using (var provider = Build())
        {
            Assert.NotEmpty(await provider.GetRequiredService<IKeyService>().GetManifestsAsync(Cancelled));
        }

        Assert.NotEmpty(_folder.Start());
    }

    [Fact]
    public void The_defaults_are_valid()
    {
        using var provider = new ServiceCollection().AddKeyService().BuildServiceProvider();
        provider.GetRequiredService<IStartupValidator>().Validate();
    }

    [Fact]
    public void Wrong_options_are_reported_all_at_once()
    {
        using var provider = new ServiceCollection()
            .AddKeyService(options =>
            {
                options.Folder = "";
                options.MasterKeyFile = "";
                options.EpochLength = TimeSpan.FromDays(13);
                options.MaxConcurrentBatches = 0;
                options.MaxQueuedBatches = 10_001;
            })
            .BuildServiceProvider();
        var refusal = Assert.Throws<OptionsValidationException>(() =>
            provider.GetRequiredService<IStartupValidator>().Validate()
        );
        Assert.Equal(5, refusal.Failures.Count());
    }

    [Fact]
    public async Task Every_day_the_overdue_keys_are_named()
    {
        var log = new CollectingLogger<KeyEpochWatch>();
        _folder.Start();
        using var store = _folder.Open();
        await using var provider = new ServiceCollection().AddSingleton(store).BuildServiceProvider();
        _folder.Time.Advance(TimeSpan.FromDays(89.5));
        using var watch = new KeyEpochWatch(provider, _folder.Time, log);
        await watch.StartAsync(Cancelled);
        Assert.Empty(log.Entries);

        foreach (var day in new[] { 1, 2 })
        {
            _folder.Time.Advance(TimeSpan.FromDays(1));
            await Until(
                () => log.Entries.Count >= IndicatorTypes.All.Count * day,
                () => $"day {day}: {log.Entries.Count} warnings"
            );
        }

        Assert.All(log.Entries, entry => Assert.Equal(LogLevel.Warning, entry.Level));
        Assert.StartsWith("Key phone-e164/1/", log.Entries[0].Text, StringComparison.Ordinal);
        Assert.Contains("2026-05-30 12:00:00Z", log.Entries[0].Text, StringComparison.Ordinal);
        await watch.StopAsync(Cancelled);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task Until(Func<bool> condition, Func<string> seen)
    {
        var deadline = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(30);
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetUtcNow() < deadline, seen());
            await Task.Delay(5, Cancelled);
        }
    }

    private ServiceProvider Build() =>
        new ServiceCollection()
            .AddSingleton<TimeProvider>(_folder.Time)
            .AddSingleton<ILogger<KeyStore>>(_folder.Log)
            .AddSingleton<ILogger<KeyEpochWatch>>(new CollectingLogger<KeyEpochWatch>())
            .AddSingleton<ILogger<KeyFollower>>(new CollectingLogger<KeyFollower>())
            .AddKeyService(options => options.Folder = _folder.Options.Folder)
            .BuildServiceProvider();
}
