using System.Globalization;
using Npgsql;
using SignalExchange.Storage.AccessLog;
using SignalExchange.Storage.Postgres.AccessLog;
using SignalExchange.Storage.Postgres.Tests.AccessLog;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Postgres.Tests.Faults;

/// <summary>Appends to the access log whose connection breaks while the server has them: they are there once the log is settled, or never.</summary>
public sealed class LateAppendTests(CleanDatabases databases) : IAsyncLifetime
{
    private const string Log = "silo-1";

    // An append waits in its transaction for whoever holds this lock, as it would for a disk that stalls.
    private const string Stall = """
        CREATE FUNCTION stall() RETURNS trigger LANGUAGE plpgsql AS
          $$ BEGIN PERFORM pg_advisory_xact_lock_shared(1); RETURN NULL; END $$;
        CREATE TRIGGER stall AFTER INSERT ON access_log_tail EXECUTE FUNCTION stall();
        """;

    private string _text = "";
    private Database? _database;
    private Relay? _relay;
    private PostgresAccessLogStore? _store;
    private AccessLogLease? _lease;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private PostgresAccessLogStore Store => _store!;

    private AccessLogLease Lease => _lease!;

    public async ValueTask InitializeAsync()
    {
        _text = await databases.CreateAsync(Ct);
        _database = new(_text);
        _relay = new(databases.Port);
        _store = PostgresAccessLogUnderTest.NewStore(
            _text.Replace(
                string.Create(CultureInfo.InvariantCulture, $"Port={databases.Port}"),
                string.Create(CultureInfo.InvariantCulture, $"Port={_relay.Port}"),
                StringComparison.Ordinal
            ),
            options => options.StatementTimeout = TimeSpan.FromMinutes(2)
        );
        await Store.OpenAsync(Ct);
        _lease = await Store.AcquireAsync(Log, Ct);
        await AppendAsync(0, 2);
    }

    public async ValueTask DisposeAsync()
    {
        await _relay!.DisposeAsync();
        await Store.DisposeAsync();
        await _database!.DisposeAsync();
    }

    [Fact]
    public async Task Append_that_commits_after_its_connection_broke_is_there_when_the_log_is_settled()
    {
        await _database!.RunAsync(Stall);
        Task<AccessLogExtent> settling;
        await using (await StallAsync())
        {
            var append = AppendAsync(2, 3);
            await UntilWaitingAsync(1);
            _relay!.Cut();
            await Assert.ThrowsAsync<CommitUnknownException>(() => append);
            Assert.Equal(2, (await Store.ReadExtentAsync(Log, Ct)).Size);

            settling = Store.SettleAsync(Lease, Ct).AsTask();
            await UntilWaitingAsync(2);
        }

        Assert.Equal(5, (await settling).Size);
        await AppendAsync(5, 1);
        await AssertHoldsAsync(6);
    }

    [Fact]
    public async Task Append_that_reaches_the_server_after_the_log_was_settled_changes_nothing()
    {
        // The same requests, from a store that has not heard of the settling: what was on its way then.
        await using var late = PostgresAccessLogUnderTest.NewStore(_text);
        await late.OpenAsync(Ct);
        await late.AppendAsync(Lease, 2, AccessLogRecords.From(2, 1), Ct);

        Assert.Equal(3, (await Store.SettleAsync(Lease, Ct)).Size);
        await Assert.ThrowsAsync<StaleStateException>(async () =>
            await late.AppendAsync(Lease, 3, AccessLogRecords.From(3, 1), Ct)
        );

        await AssertHoldsAsync(3);
        await AppendAsync(3, 1);
        await AssertHoldsAsync(4);
    }

    private async Task AppendAsync(long first, int count) =>
        await Store.AppendAsync(Lease, first, AccessLogRecords.From(first, count), Ct);

    private async Task<IAsyncDisposable> StallAsync()
    {
        var connection = new NpgsqlConnection($"{_text};Pooling=false");
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand("SELECT pg_advisory_lock(1)", connection);
        await command.ExecuteNonQueryAsync(Ct);
        return connection;
    }

    private Task UntilWaitingAsync(int sessions) =>
        Deadline.UntilAsync(
            async () =>
                await _database!.ReadAsync<long>(
                    "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
                ) == sessions,
            $"{sessions} sessions of this database wait for a lock"
        );

    private async Task AssertHoldsAsync(int size)
    {
        var records = await Store.ReadAsync(Log, 0, 100, Ct);
        Assert.Equal(
            AccessLogRecords.From(0, size).Select(it => Convert.ToHexString(it.Entry.Span)),
            records.Select(it => Convert.ToHexString(it.Entry.Span))
        );
    }
}
