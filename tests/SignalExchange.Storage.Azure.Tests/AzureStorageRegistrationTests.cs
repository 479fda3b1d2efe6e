using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace SignalExchange.Storage.Azure.Tests;

public sealed class AzureStorageRegistrationTests
{
    private static readonly Uri Tables = new("https://contoso.table.core.windows.net");
    private static readonly Uri Blobs = new("https://contoso.blob.core.windows.net");

    [Fact]
    public async Task Both_ports_are_the_one_store()
    {
        await using var services = Provider(Valid);
        var store = services.GetRequiredService<AzureExchangeStore>();

        Assert.Same(store, services.GetRequiredService<IShardStore>());
        Assert.Same(store, services.GetRequiredService<IGrainStateStore>());
        Assert.Equal(ShardMap.DefaultCount, store.Shards.Count);
        Assert.Throws<InvalidOperationException>(() => store.WaitingWrites);
        await store.DisposeAsync();
        Assert.Throws<ObjectDisposedException>(() => store.WaitingWrites);
    }

    [Theory]
    [InlineData(nameof(AzureStorageOptions.ShardCount), 1)]
    [InlineData(nameof(AzureStorageOptions.ShardCount), 8192)]
    [InlineData(nameof(AzureStorageOptions.ShardCount), 100)]
    [InlineData(nameof(AzureStorageOptions.Prefix), "")]
    [InlineData(nameof(AzureStorageOptions.Prefix), "ab")]
    [InlineData(nameof(AzureStorageOptions.Prefix), "with-hyphen")]
    [InlineData(nameof(AzureStorageOptions.GrainStateTable), "1st")]
    [InlineData(nameof(AzureStorageOptions.ServiceId), "a/b")]
    [InlineData(nameof(AzureStorageOptions.MaxConcurrentWrites), 0)]
    [InlineData(nameof(AzureStorageOptions.MaxQueuedCommits), 0)]
    [InlineData(nameof(AzureStorageOptions.MaxReaders), 4097)]
    [InlineData(nameof(AzureStorageOptions.RequestTimeout), "00:00:00.999")]
    [InlineData(nameof(AzureStorageOptions.RequestTimeout), "00:01:01")]
    public void Setting_out_of_range_is_refused_at_the_start_by_its_name(string name, object value) =>
        AssertRefused(
            name,
            options =>
            {
                Valid(options);
                var property = typeof(AzureStorageOptions).GetProperty(name)!;
                property.SetValue(options, Converted(value, property));
            }
        );

    [Fact]
    public void Limits_themselves_are_allowed()
    {
        foreach (var property in typeof(AzureStorageOptions).GetProperties())
        {
            if (property.GetCustomAttribute<RangeAttribute>() is not { } range)
            {
                continue;
            }

            foreach (var limit in new[] { range.Minimum, range.Maximum })
            {
                using var services = Provider(options =>
                {
                    Valid(options);
                    property.SetValue(options, Converted(limit, property));
                });
                services.GetRequiredService<IStartupValidator>().Validate();
            }
        }
    }

    [Fact]
    public void No_account_is_refused() => AssertRefused("Accounts: at least one", _ => { });

    [Fact]
    public void Ranges_that_do_not_grow_from_0_are_refused()
    {
        AssertRefused("Accounts:0:FirstShard: 0", options => AddDevelopment(options, 1));
        AssertRefused(
            "Accounts:1:FirstShard: greater",
            options =>
            {
                AddDevelopment(options, 0);
                AddDevelopment(options, 0);
            }
        );
        AssertRefused(
            "Accounts:1:FirstShard: less than ShardCount, 256",
            options =>
            {
                AddDevelopment(options, 0);
                AddDevelopment(options, 256);
            }
        );
    }

    [Theory]
    [InlineData("http://contoso.table.core.windows.net")]
    [InlineData("https://contoso.table.core.windows.net?sig=secret")]
    [InlineData("https://user:secret@contoso.table.core.windows.net")]
    [InlineData("relative")]
    [InlineData(null)]
    public void Address_in_clear_or_with_a_secret_in_it_is_refused_without_being_repeated(string? address)
    {
        var message = AssertRefused(
            "Accounts:0:TableService: an https address",
            options =>
            {
                options.UseManagedIdentity = true;
                options.Accounts.Add(
                    new()
                    {
                        TableService = address is null ? null : new(address, UriKind.RelativeOrAbsolute),
                        BlobService = Blobs,
                    }
                );
            }
        );

        Assert.DoesNotContain("secret", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Addresses_need_a_managed_identity_and_do_not_go_with_a_connection_string()
    {
        AssertRefused(
            "needs UseManagedIdentity",
            options => options.Accounts.Add(new() { TableService = Tables, BlobService = Blobs })
        );
        AssertRefused(
            "either this, or",
            options =>
                options.Accounts.Add(new() { TableService = Tables, ConnectionString = "UseDevelopmentStorage=true" })
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("secret")]
    [InlineData("AccountName=secret;AccountName=secret")]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=contoso;AccountKey=secret")]
    public void What_is_no_connection_string_is_refused_without_being_repeated(string connection)
    {
        var message = AssertRefused(
            "Accounts:0:ConnectionString: not one",
            options => options.Accounts.Add(new() { ConnectionString = connection })
        );

        Assert.DoesNotContain("secret", message, StringComparison.Ordinal);
    }

    private static object Converted(object value, PropertyInfo property) =>
        property.PropertyType == typeof(TimeSpan)
            ? TimeSpan.Parse(value.ToString()!, CultureInfo.InvariantCulture)
            : Convert.ChangeType(value, property.PropertyType, CultureInfo.InvariantCulture);

    private static void Valid(AzureStorageOptions options)
    {
        options.UseManagedIdentity = true;
        options.Accounts.Add(new() { TableService = Tables, BlobService = Blobs });
    }

    private static void AddDevelopment(AzureStorageOptions options, int firstShard) =>
        options.Accounts.Add(new() { FirstShard = firstShard, ConnectionString = "UseDevelopmentStorage=true" });

    private static string AssertRefused(string why, Action<AzureStorageOptions> configure)
    {
        using var services = Provider(configure);
        var exception = Assert.Throws<OptionsValidationException>(() =>
            services.GetRequiredService<IStartupValidator>().Validate()
        );
        Assert.Contains(why, exception.Message, StringComparison.Ordinal);
        return exception.Message;
    }

    private static ServiceProvider Provider(Action<AzureStorageOptions> configure) =>
        new ServiceCollection().AddLogging().AddAzureStorage(configure).BuildServiceProvider();
}
