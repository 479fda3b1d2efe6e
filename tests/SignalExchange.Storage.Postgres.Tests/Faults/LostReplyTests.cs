using System.Globalization;
using SignalExchange.TestKit;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Postgres.Tests.Faults;

/// <summary>A network between the exchange and its database that loses what it should carry.</summary>
public sealed class LostReplyTests(CleanDatabases databases) : IAsyncLifetime
{
    private PostgresExchangeStore? _store;
    private Relay? _relay;
    private string _database = "";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private PostgresExchangeStore Store => _store!;

    private Relay Relay => _relay!;

    public async ValueTask InitializeAsync()
    {
        _database = await databases.RentAsync(Ct);
        _relay = new(databases.Port);
        var text = _database.Replace(
            string.Create(CultureInfo.InvariantCulture, $"Port={databases.Port}"),
            string.Create(CultureInfo.InvariantCulture, $"Port={Relay.Port}"),
            StringComparison.Ordinal
        );
        _store = PostgresStorageUnderTest.NewStore(
            text,
            options =>
            {
                options.StatementTimeout = TimeSpan.FromSeconds(4);
                options.ConnectTimeout = TimeSpan.FromSeconds(4);
            }
        );
        await _store.OpenAsync(Ct);

        // The one question that nobody asked for here; its reply must not be the one that is lost.
        await Eventually.TrueAsync(() => _store.DatabaseBytes is not null, "the size of the database");
    }

    public async ValueTask DisposeAsync()
    {
        await Relay.DisposeAsync();
        await Store.DisposeAsync();
        await databases.ReturnAsync(_database);
    }

    [Fact]
    public async Task Commit_whose_reply_was_lost_is_unknown_and_found_in_the_log()
    {
        var model = new ShardModel(Store.Shards, new(3));
        await model.CommitAsync(Store, model.Next(1), Ct);
        var lost = model.Next(2);

        Relay.LoseNextReply();
        await Assert.ThrowsAsync<CommitUnknownException>(() => Store.CommitAsync(lost, Ct));

        var rows = await ShardAssert.ReadAsync(Store, model.Shard, lost.ExpectedHead, Ct);
        Assert.Equal(lost.Row.CommitId, Assert.Single(rows).CommitId);
        model.Apply(lost);
        await ShardAssert.HoldsAsync(model, Store, Ct);
    }

    [Fact]
    public async Task State_whose_reply_was_lost_is_unknown_and_written()
    {
        var etag = await Store.WriteAsync("member", "acme", new byte[] { 1 }, null, Ct);

        Relay.LoseNextReply();
        await Assert.ThrowsAsync<CommitUnknownException>(() =>
            Store.WriteAsync("member", "acme", new byte[] { 2 }, etag, Ct)
        );

        Assert.Equal([2], (await Store.ReadAsync("member", "acme", Ct))!.Payload.ToArray());
    }

    [Fact]
    public async Task Read_whose_reply_was_lost_is_read_again()
    {
        var model = new ShardModel(Store.Shards, new(3));
        await model.CommitAsync(Store, model.Next(1), Ct);
        await Store.ReadHeadAsync(model.Shard, Ct);

        Relay.LoseNextReply();

        Assert.Equal(1, await Store.ReadHeadAsync(model.Shard, Ct));
    }

    [Fact]
    public async Task Network_that_falls_silent_is_given_up_after_the_time_that_was_set()
    {
        var model = new ShardModel(Store.Shards, new(3));
        await model.CommitAsync(Store, model.Next(1), Ct);

        Relay.FallSilent();
        await Assert.ThrowsAsync<CommitUnknownException>(() => Store.CommitAsync(model.Next(2), Ct));
        await Assert.ThrowsAsync<StorageUnavailableException>(async () => await Store.ReadHeadAsync(model.Shard, Ct));
        Relay.Speak();

        // What was lost may have come through when the network spoke again: whichever was first, the other one is stale.
        await Deadline.UntilAsync(
            async () =>
            {
                try
                {
                    var outcome = await Store.CommitAsync(model.Next(3), Ct);
                    return outcome is CommitOutcome.Committed or CommitOutcome.StaleHead;
                }
                catch (Exception exception) when (exception is StorageUnavailableException or CommitUnknownException)
                {
                    return false;
                }
            },
            "a commit is answered"
        );
        Assert.Equal(2, await Store.ReadHeadAsync(model.Shard, Ct));
    }
}
