using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Storage;
using SignalExchange.Grains.Storage;
using SignalExchange.Storage.Sqlite;

namespace SignalExchange.Grains.Tests.Storage;

/// <summary>Orleans' rules of grain storage, over the port whose own rules every engine's tests hold.</summary>
public sealed class NamedGrainStorageTests : IAsyncLifetime
{
    private const string Name = "state";

    private static readonly GrainId Grain = GrainId.Create("member", "ключ/鍵#caf\u00e9");

    private readonly string _folder = Directory.CreateTempSubdirectory("signalexchange-").FullName;
    private SqliteExchangeStore _store = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private NamedGrainStorage Storage => new(_store);

    public async ValueTask InitializeAsync()
    {
        var options = Options.Create(new SqliteStorageOptions { DataDirectory = _folder });
        _store = new(options, NullLogger<SqliteExchangeStore>.Instance);
        await _store.OpenAsync(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task State_is_never_null_whether_it_was_written_cleared_or_neither()
    {
        var state = await ReadAsync();
        AssertIsNew(state);

        state.State!.Value = "said";
        await Storage.WriteStateAsync(Name, Grain, state, Ct);
        Assert.True(state.RecordExists);

        await Storage.ClearStateAsync(Name, Grain, state, Ct);
        AssertIsNew(state);
        AssertIsNew(await ReadAsync());
    }

    [Fact]
    public async Task What_was_written_is_read_by_another_activation()
    {
        var written = await WriteAsync("said");

        var read = await ReadAsync();

        Assert.Equal("said", read.State!.Value);
        Assert.Equal(written.ETag, read.ETag);
        Assert.True(read.RecordExists);
    }

    [Fact]
    public async Task Second_insert_is_inconsistent_and_leaves_the_first()
    {
        var late = await ReadAsync();
        await WriteAsync("first");
        late.State!.Value = "second";

        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.WriteStateAsync(Name, Grain, late, Ct));

        Assert.Equal("first", (await ReadAsync()).State!.Value);
    }

    [Fact]
    public async Task Stale_write_and_stale_clear_are_inconsistent_and_change_nothing()
    {
        await WriteAsync("first");
        var (stale, current) = (await ReadAsync(), await ReadAsync());
        current.State!.Value = "second";
        await Storage.WriteStateAsync(Name, Grain, current, Ct);

        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.WriteStateAsync(Name, Grain, stale, Ct));
        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.ClearStateAsync(Name, Grain, stale, Ct));

        Assert.Equal("second", (await ReadAsync()).State!.Value);
    }

    [Fact]
    public async Task States_of_one_grain_with_different_names_are_independent()
    {
        var other = new GrainState<StringValue>(new() { Value = "other" });
        await Storage.WriteStateAsync("other", Grain, other, Ct);
        await WriteAsync("said");

        await Storage.ClearStateAsync("other", Grain, other, Ct);

        Assert.Equal("said", (await ReadAsync()).State!.Value);
    }

    [Fact]
    public async Task Clearing_again_does_nothing()
    {
        var state = await WriteAsync("said");

        await Storage.ClearStateAsync(Name, Grain, state, Ct);
        await Storage.ClearStateAsync(Name, Grain, state, Ct);

        AssertIsNew(await ReadAsync());
    }

    [Fact]
    public async Task Of_parallel_writers_each_wins_once_and_none_is_lost()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => AddAsync(times: 4)));

        Assert.Equal(new('x', 32), (await ReadAsync()).State!.Value);
    }

    private static void AssertIsNew(GrainState<StringValue> state)
    {
        Assert.Equal("", state.State!.Value);
        Assert.Null(state.ETag);
        Assert.False(state.RecordExists);
    }

    private async Task AddAsync(int times)
    {
        while (times > 0)
        {
            var state = await ReadAsync();
            state.State!.Value += "x";
            try
            {
                await Storage.WriteStateAsync(Name, Grain, state, Ct);
                times--;
            }
            catch (InconsistentStateException)
            {
                // Another one was first.
            }
        }
    }

    private async Task<GrainState<StringValue>> ReadAsync()
    {
        var state = new GrainState<StringValue>();
        await Storage.ReadStateAsync(Name, Grain, state, Ct);
        return state;
    }

    private async Task<GrainState<StringValue>> WriteAsync(string value)
    {
        var state = await ReadAsync();
        state.State!.Value = value;
        await Storage.WriteStateAsync(Name, Grain, state, Ct);
        return state;
    }
}
