using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SignalExchange.Silo.Tests.Signals;
using SignalExchange.TestKit.Azurite;
using SignalExchange.TestKit.Logging;

namespace SignalExchange.Silo.Tests.Hosting;

/// <summary>An exchange on Azure Storage: what it acknowledged, its membership, and accounts that go away.</summary>
[Collection(WholeMachine.Name)]
[Trait(Speed.Name, Speed.Slow)]
public sealed class AzureExchangeTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>, IAsyncLifetime
{
    private readonly string _name = AzuriteFixture.NewName();
    private ExchangeFixture? _exchange;

    private ExchangeFixture Exchange => _exchange!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _exchange = new() { Settings = [.. AzureSettings.Of(azurite.Azurite, _name)] };
        await _exchange.InitializeAsync();
    }

    public ValueTask DisposeAsync() => Exchange.DisposeAsync();

    [Fact]
    public async Task Everything_acknowledged_is_there_after_a_restart()
    {
        var member = await Exchange.AddMember("stays");
        var before = new Reporter(Exchange.InvokerFor(member));
        var elements = await before.NewElements(20);
        var results = await before.Submit([.. elements.Select(element => Reporter.SubmissionOf(element))]);
        var tokens = await Task.WhenAll(elements.Select(element => before.TokenOf(element)));
        Assert.Equal(20, (await before.Check([.. tokens], results[^1].Accepted.Position)).Hits.Count);

        await Exchange.Stop();
        await Exchange.Start();

        var after = new Reporter(Exchange.InvokerFor(member));
        var hits = (await after.Check([.. tokens], results[^1].Accepted.Position)).Hits;
        Assert.Equal(
            results.Select(result => result.Accepted.SignalId.ToBase64()).Order(StringComparer.Ordinal),
            hits.Select(hit => Assert.Single(hit.Verdict.Signals).SignalId.ToBase64()).Order(StringComparer.Ordinal)
        );
        Assert.Equal(2, await ShardsInAccountsAsync());
        Assert.False(File.Exists(Path.Combine(Exchange.DataDirectory, "exchange.db")));
    }

    [Fact]
    public async Task The_silo_stands_in_the_membership_table_while_it_runs()
    {
        // The one that was the bootstrap is dead by now.
        Assert.Single(await StatusesAsync(), "Active");

        await Exchange.Stop();

        Assert.All(await StatusesAsync(), status => Assert.Equal("Dead", status));
    }

    [Fact]
    public async Task The_access_log_is_in_the_account_and_goes_on_after_a_restart()
    {
        var member = await Exchange.AddMember("logged");
        await new Reporter(Exchange.InvokerFor(member)).NewElements(1);
        var size = Exchange.Log.Size;

        await Exchange.Stop();
        await Exchange.Start();
        Assert.True(Exchange.Log.Size >= size);
        await new Reporter(Exchange.InvokerFor(member)).NewElements(1);

        Assert.True(Exchange.Log.Size > size);
        Assert.False(File.Exists(Path.Combine(Exchange.DataDirectory, "log", "tail.db")));
    }

    [Fact]
    public async Task A_silo_starts_from_its_snapshot_in_the_account_and_keeps_none_in_its_folder()
    {
        var member = await Exchange.AddMember("remembered");
        var before = new Reporter(Exchange.InvokerFor(member));
        var elements = await before.NewElements(20);
        var results = await before.Submit([.. elements.Select(element => Reporter.SubmissionOf(element))]);
        var tokens = await Task.WhenAll(elements.Select(element => before.TokenOf(element)));
        await Exchange.Stop();

        var snapshots = new BlobContainerClient(
            azurite.Azurite.ConnectionString(),
            $"{_name.ToLowerInvariant()}-snapshots"
        );
        Assert.Equal(
            ["silo-1/index.snapshot"],
            await snapshots.GetBlobsAsync(cancellationToken: Ct).Select(it => it.Name).ToListAsync(Ct)
        );
        using var logs = new ListLoggerProvider();
        Exchange.Replace = services => services.AddSingleton<ILoggerProvider>(logs);
        await Exchange.Start("--Logging:LogLevel:SignalExchange.Index", "Information");

        Assert.Contains(
            logs.Lines,
            line =>
                line.Contains("taken up a snapshot", StringComparison.Ordinal)
                && line.Contains(" 20 indicators", StringComparison.Ordinal)
        );
        Assert.False(Directory.Exists(Path.Combine(Exchange.DataDirectory, "index")));
        var after = new Reporter(Exchange.InvokerFor(member));
        Assert.Equal(20, (await after.Check([.. tokens], results[^1].Accepted.Position)).Hits.Count);
    }

    private async Task<List<string>> StatusesAsync()
    {
        var table = new TableClient(azurite.Azurite.ConnectionString(), "OrleansSiloInstances");
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {_name}");
        var found = new List<string>();
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: Ct))
        {
            if (row.GetString("Status") is { } status)
            {
                found.Add(status);
            }
        }

        return found;
    }

    // Accounts that have a log's row: twenty signals lie in both halves of the shards, but once in half a million.
    private async Task<int> ShardsInAccountsAsync()
    {
        var accounts = 0;
        foreach (var account in new[] { 1, 2 })
        {
            var table = new TableClient(azurite.Azurite.ConnectionString(account), _name + "Shards");
            await foreach (
                var row in table.QueryAsync<TableEntity>("RowKey eq 'head'", maxPerPage: 1, cancellationToken: Ct)
            )
            {
                accounts++;
                break;
            }
        }

        return accounts;
    }
}
