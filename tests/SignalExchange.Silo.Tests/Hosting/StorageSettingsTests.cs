using SignalExchange.Silo.Hosting;
using SignalExchange.Storage;

namespace SignalExchange.Silo.Tests.Hosting;

/// <summary>What is wrong with the choice of the storage stops the start, is named, and repeats no secret.</summary>
public sealed class StorageSettingsTests
{
    private const string Secret = "hunter2";
    private const string Local = "Host=127.0.0.1;Database=exchange;Username=exchange;Password=" + Secret;

    [Fact]
    public async Task An_engine_that_there_is_not_is_named_with_those_that_there_are() =>
        Assert.Equal(
            "Exchange:Storage:Engine is 'Oracle'; it may be Sqlite or Postgres or AzureStorage.",
            await RefusalOf("--Exchange:Storage:Engine", "Oracle")
        );

    [Theory]
    [InlineData("", "Set one of ConnectionString and ConnectionStringFile.")]
    [InlineData("Host=db.example;Database=exchange;Password=" + Secret, "without TLS")]
    [InlineData("Host=127.0.0.1;Password=" + Secret, "names no Database")]
    [InlineData("Database=exchange;Password=" + Secret, "names no Host")]
    [InlineData(Local + ";Multiplexing=true", "Multiplexing")]
    [InlineData(Local + ";Pasword=" + Secret, "can't be read")]
    [InlineData(Local + ";Port=" + Secret, "can't be read")]
    [InlineData(Secret, "can't be read")]
    public async Task A_connection_string_that_cannot_be_used_says_why_and_not_what_it_is(string text, string why)
    {
        var refusal = await RefusalOf([.. PostgresSettings.Of(text)]);

        Assert.Contains(why, refusal, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_the_connection_string_that_cannot_be_read_is_named() =>
        Assert.Contains(
            "'/nowhere/connection'",
            await RefusalOf([
                .. PostgresSettings.Of(""),
                "--Exchange:Storage:Postgres:ConnectionStringFile",
                "/nowhere/connection",
            ]),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("--Exchange:SiloPort", "0", "Exchange:SiloPort is 0")]
    [InlineData("--Exchange:Cluster:Address", "192.0.2.1", "loopback")]
    [InlineData("--Exchange:Cluster:Address", "silo-1", "an IP address")]
    [InlineData("--Exchange:Cluster:ClusterId", "", "ClusterId")]
    [InlineData("--Exchange:Cluster:GatewayPort", "65536", "GatewayPort")]
    [InlineData("--Exchange:Storage:Postgres:Writers", "0", "Writers")]
    [InlineData("--Exchange:Storage:Postgres:StatementTimeout", "00:11:00", "StatementTimeout")]
    [InlineData("--Exchange:ShardCount", "100", "power of two")]
    public async Task A_setting_of_the_cluster_out_of_its_range_is_named(string setting, string value, string why) =>
        Assert.Contains(
            why,
            await RefusalOf([.. PostgresSettings.Of(Local), setting, value]),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("UseManagedIdentity", "true", "Accounts: at least one storage account")]
    [InlineData("Accounts:0:ConnectionString", Secret, "Accounts:0:ConnectionString: not one")]
    [InlineData(
        "Accounts:0:TableService",
        "https://contoso.table.core.windows.net",
        "Accounts:0:BlobService: an https"
    )]
    [InlineData("Accounts:0:FirstShard", "7", "Accounts:0:FirstShard: 0")]
    [InlineData("Prefix", "a-b", "Prefix")]
    [InlineData("MaxReaders", "0", "MaxReaders")]
    public async Task A_setting_of_the_accounts_that_cannot_be_used_is_named(string setting, string value, string why)
    {
        var refusal = await RefusalOf(AzureSettings.With(setting, value));

        Assert.Contains(why, refusal, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--Exchange:Cluster:ClusterId", "a/b", "Exchange:Cluster:ClusterId")]
    [InlineData("--Exchange:Cluster:ServiceId", "a b", "ServiceId")]
    [InlineData("--Exchange:ShardCount", "100", "power of two")]
    public async Task A_setting_of_the_cluster_that_accounts_cannot_keep_is_named(
        string setting,
        string value,
        string why
    ) =>
        Assert.Contains(
            why,
            await RefusalOf([
                .. AzureSettings.With("Accounts:0:ConnectionString", "UseDevelopmentStorage=true"),
                setting,
                value,
            ]),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task A_database_that_cannot_be_reached_stops_the_start_without_its_password()
    {
        using var folder = new TemporaryFolder();
        var unreachable = $"{Local};Port={FreePort.Find()}";

        var refused = await Assert.ThrowsAsync<StorageUnavailableException>(() =>
            BuildAsync(folder, [.. PostgresSettings.Of(unreachable)])
        );

        Assert.Contains("can't be reached", refused.Message, StringComparison.Ordinal);
        Assert.Contains("exchange at 127.0.0.1:", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, refused.ToString(), StringComparison.Ordinal);
    }

    private static async Task<string> RefusalOf(params string[] settings)
    {
        using var folder = new TemporaryFolder();
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => BuildAsync(folder, settings));
        return string.Join('\n', StartFailure.LinesOf(refused));
    }

    private static async Task BuildAsync(TemporaryFolder folder, string[] settings)
    {
        await using var app = await ServeCommand.Build(
            ["--Exchange:DataDirectory", folder.Path, .. settings],
            TestContext.Current.CancellationToken
        );
        await app.StartAsync(TestContext.Current.CancellationToken);
    }
}
