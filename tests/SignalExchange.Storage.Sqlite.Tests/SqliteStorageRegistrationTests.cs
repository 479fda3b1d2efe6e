using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace SignalExchange.Storage.Sqlite.Tests;

public sealed class SqliteStorageRegistrationTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Both_ports_are_the_one_store()
    {
        await using var services = Provider(options => options.DataDirectory = _folder.Path);
        var store = services.GetRequiredService<SqliteExchangeStore>();

        Assert.Same(store, services.GetRequiredService<IShardStore>());
        Assert.Same(store, services.GetRequiredService<IGrainStateStore>());
        await store.OpenAsync(TestContext.Current.CancellationToken);
        Assert.Equal(ShardMap.DefaultCount, store.Shards.Count);
    }

    [Theory]
    [InlineData(nameof(SqliteStorageOptions.DataDirectory), "")]
    [InlineData(nameof(SqliteStorageOptions.ShardCount), 1)]
    [InlineData(nameof(SqliteStorageOptions.ShardCount), 8192)]
    [InlineData(nameof(SqliteStorageOptions.ShardCount), 100)]
    [InlineData(nameof(SqliteStorageOptions.MaxQueuedCommits), 0)]
    [InlineData(nameof(SqliteStorageOptions.MaxCommitsPerTransaction), 0)]
    [InlineData(nameof(SqliteStorageOptions.MaxReaders), 65)]
    [InlineData(nameof(SqliteStorageOptions.MaxDatabaseBytes), 1000L)]
    [InlineData(nameof(SqliteStorageOptions.MaxDatabaseBytes), long.MaxValue)]
    public void Setting_out_of_range_is_refused_at_the_start_by_its_name(string name, object value)
    {
        using var services = Provider(options =>
        {
            options.DataDirectory = _folder.Path;
            Property(name).SetValue(options, value);
        });

        var exception = Assert.Throws<OptionsValidationException>(() =>
            services.GetRequiredService<IStartupValidator>().Validate()
        );

        Assert.Contains(name, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Limits_themselves_are_allowed()
    {
        foreach (var property in typeof(SqliteStorageOptions).GetProperties())
        {
            if (property.GetCustomAttribute<RangeAttribute>() is not { } range)
            {
                continue;
            }

            foreach (var limit in new[] { range.Minimum, range.Maximum })
            {
                using var services = Provider(options =>
                {
                    options.DataDirectory = _folder.Path;
                    var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
                    property.SetValue(options, Convert.ChangeType(limit, type, null));
                });
                services.GetRequiredService<IStartupValidator>().Validate();
            }
        }
    }

    private static PropertyInfo Property(string name) => typeof(SqliteStorageOptions).GetProperty(name)!;

    private static ServiceProvider Provider(Action<SqliteStorageOptions> configure) =>
        new ServiceCollection().AddLogging().AddSqliteStorage(configure).BuildServiceProvider();
}
