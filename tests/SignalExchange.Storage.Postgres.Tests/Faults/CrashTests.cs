using SignalExchange.TestKit.Postgres;

namespace SignalExchange.Storage.Postgres.Tests.Faults;

/// <summary>A server that stops, crashes and loses its connections while silos write: nothing acknowledged is lost, nothing refused is there.</summary>
public sealed class CrashTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private const int Shards = 6;

    private readonly List<PostgresExchangeStore> _stores = [];
    private readonly List<ShardWriter> _writers = [];
    private string _database = "";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await postgres.CreateDatabaseAsync(Ct);

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores)
        {
            await store.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Server_that_comes_back_goes_on_where_it_was(bool isCrash)
    {
        await AddSiloAsync();

        await WhileWritingAsync(async () =>
        {
            await AcknowledgedAsync(20);
            await postgres.Server.StopAsync(isCrash, Ct);
            await RefusedAsync(1);
            await postgres.Server.StartAsync(Ct);
            await AcknowledgedAsync(20);
        });
    }

    [Fact]
    public async Task Connections_that_are_cut_again_and_again_lose_nothing()
    {
        await AddSiloAsync();
        await using var database = new Database(_database);

        await WhileWritingAsync(() =>
            Deadline.UntilAsync(
                async () =>
                {
                    await database.EndWritersAsync();
                    return _writers.Sum(writer => writer.Unknown) >= 5
                        && _writers.All(writer => writer.Acknowledged >= 5);
                },
                "five commits' replies are lost and each shard goes on"
            )
        );
    }

    [Fact]
    public async Task Two_silos_that_believe_they_own_the_same_shards_never_both_win()
    {
        await AddSiloAsync();
        await AddSiloAsync();

        await WhileWritingAsync(() => AcknowledgedAsync(30));

        Assert.All(_writers, writer => Assert.True(writer.Stale > 0));
    }

    private async Task AddSiloAsync()
    {
        var store = PostgresStorageUnderTest.NewStore(_database);
        await store.OpenAsync(Ct);
        _stores.Add(store);
        _writers.AddRange(Enumerable.Range(0, Shards).Select(i => new ShardWriter(store, new(i * 40))));
    }

    private async Task WhileWritingAsync(Func<Task> act)
    {
        using var stop = new CancellationTokenSource();
        var writing = Task.WhenAll(_writers.Select(writer => Task.Run(() => writer.RunAsync(stop.Token), Ct)));
        await Task.WhenAny(act(), writing).Unwrap();
        await stop.CancelAsync();
        await writing;
        foreach (var writer in _writers)
        {
            await writer.AssertTrueAsync();
        }
    }

    // From now on, every writer.
    private Task AcknowledgedAsync(int commits)
    {
        var before = _writers.ToDictionary(writer => writer, writer => writer.Acknowledged);
        return Deadline.UntilAsync(
            () => Task.FromResult(_writers.All(writer => writer.Acknowledged >= before[writer] + commits)),
            $"each shard has {commits} more commits"
        );
    }

    private Task RefusedAsync(int commits)
    {
        var before = _writers.ToDictionary(writer => writer, writer => writer.Refused);
        return Deadline.UntilAsync(
            () => Task.FromResult(_writers.All(writer => writer.Refused >= before[writer] + commits)),
            "each shard has a commit refused"
        );
    }
}
