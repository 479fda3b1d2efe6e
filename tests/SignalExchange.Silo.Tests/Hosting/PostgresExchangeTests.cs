using Npgsql;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.Signals;
using SignalExchange.TestKit.Postgres;

namespace SignalExchange.Silo.Tests.Hosting;

/// <summary>An exchange on PostgreSQL: what it acknowledged, its membership, and a database that goes away.</summary>
[Collection(WholeMachine.Name)]
[Trait(Speed.Name, Speed.Slow)]
public sealed class PostgresExchangeTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private ExchangeFixture? _exchange;
    private string _database = "";

    private ExchangeFixture Exchange => _exchange!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.CreateDatabaseAsync(Ct);
        _exchange = new() { Settings = [.. PostgresSettings.Of(_database)] };
        await _exchange.InitializeAsync();
    }

    public ValueTask DisposeAsync() => Exchange.DisposeAsync();

    [Fact]
    public async Task Everything_acknowledged_is_there_after_a_restart()
    {
        var member = await Exchange.AddMember("stays");
        var before = new Reporter(Exchange.InvokerFor(member));
        var element = (await before.NewElements(1))[0];
        var token = await before.TokenOf(element);
        var accepted = (await before.Submit(Reporter.SubmissionOf(element)))[0].Accepted;

        await Exchange.Stop();
        await Exchange.Start();

        var after = new Reporter(Exchange.InvokerFor(member));
        var hit = Assert.Single((await after.Check([token], accepted.Position)).Hits);
        Assert.Equal(accepted.SignalId, Assert.Single(hit.Verdict.Signals).SignalId);
        Assert.False(File.Exists(Path.Combine(Exchange.DataDirectory, "exchange.db")));
    }

    [Fact]
    public async Task The_silo_stands_in_the_membership_table_while_it_runs()
    {
        // SiloStatus: 3 is active, 6 is dead; the one that was the bootstrap is dead by now.
        Assert.Single(await StatusesAsync(), 3);

        await Exchange.Stop();

        Assert.All(await StatusesAsync(), status => Assert.Equal(6, status));
    }

    [Fact]
    public async Task The_access_log_is_in_the_database_and_goes_on_after_a_restart()
    {
        var member = await Exchange.AddMember("logged");
        await new Reporter(Exchange.InvokerFor(member)).NewElements(1);
        var size = await LogSizeAsync();

        await Exchange.Stop();
        await Exchange.Start();
        await new Reporter(Exchange.InvokerFor(member)).NewElements(1);

        Assert.True(await LogSizeAsync() > size);
        Assert.False(File.Exists(Path.Combine(Exchange.DataDirectory, "log", "tail.db")));
    }

    [Fact]
    public async Task A_database_that_is_gone_refuses_writes_with_a_reason_and_is_found_again_by_itself()
    {
        var member = await Exchange.AddMember("outage");
        var reporter = new Reporter(Exchange.InvokerFor(member));
        var elements = await reporter.NewElements(2);
        await reporter.Submit(Reporter.SubmissionOf(elements[0]));

        await postgres.Server.StopAsync(isCrash: false, Ct);
        var reason = await RpcErrors.ReasonOf(() => reporter.Submit(Reporter.SubmissionOf(elements[1])));
        await postgres.Server.StartAsync(Ct);

        // Nothing is answered that cannot be recorded, and the log is in the same database.
        Assert.True(reason is ErrorReason.LogUnavailable or ErrorReason.StorageUnavailable, $"{reason}");
        await SubmitUntilAcceptedAsync(reporter, elements[1]);
        Assert.Single((await reporter.Check([await reporter.TokenOf(elements[0])])).Hits);
    }

    private static async Task SubmitUntilAcceptedAsync(Reporter reporter, Google.Protobuf.ByteString element)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        deadline.CancelAfter(TimeSpan.FromMinutes(2));
        while (true)
        {
            try
            {
                if ((await reporter.Submit(Reporter.SubmissionOf(element)))[0].Accepted is not null)
                {
                    return;
                }
            }
            catch (Grpc.Core.RpcException)
            {
                // Not yet.
            }

            await Task.Delay(100, deadline.Token);
        }
    }

    private async Task<List<int>> StatusesAsync() => await ReadAsync<int>("SELECT status FROM membership");

    private async Task<long> LogSizeAsync() => Assert.Single(await ReadAsync<long>("SELECT size FROM access_log"));

    private async Task<List<T>> ReadAsync<T>(string sql)
    {
        await using var source = NpgsqlDataSource.Create($"{_database};Search Path=signalexchange;Pooling=false");
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var values = new List<T>();
        while (await reader.ReadAsync(Ct))
        {
            values.Add(reader.GetFieldValue<T>(0));
        }

        return values;
    }
}
