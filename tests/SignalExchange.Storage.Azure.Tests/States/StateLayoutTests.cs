using Azure.Data.Tables;
using SignalExchange.TestKit.Azurite;

namespace SignalExchange.Storage.Azure.Tests.States;

/// <summary>
/// The layout of Microsoft.Orleans.Persistence.AzureStorage (AzureTableStorage.cs): what this engine writes, that package
/// reads, and the other way round.
/// </summary>
public sealed class StateLayoutTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private AzureStorageUnderTest _storage = null!;
    private TableClient _table = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private AzureExchangeStore Store => _storage.Store;

    public async ValueTask InitializeAsync()
    {
        _storage = await AzureStorageUnderTest.OpenAsync(azurite.Azurite);
        _table = new(azurite.Azurite.ConnectionString(), _storage.Prefix + "States");
    }

    public ValueTask DisposeAsync() => _storage.DisposeAsync();

    [Theory]
    [InlineData("member", "registry/consortium", "signalexchange_registry_consortium", "member")]
    [InlineData("a/b\\c#d?e%f", "a/b\\c#d?e%f", "signalexchange_a_b_c_d_e%f", "a_b_c_d_e%f")]
    [InlineData("état", "ключ/鍵", "signalexchange_ключ_鍵", "état")]
    public async Task State_lies_where_the_official_package_looks(string name, string id, string partition, string row)
    {
        var etag = await Store.WriteAsync(name, id, new byte[] { 1, 2, 3 }, null, Cancellation);

        var entity = await EntityAsync(partition, row);

        Assert.Equal([1, 2, 3], entity.GetBinary("Data"));
        Assert.Equal(etag, entity.ETag.ToString());
        Assert.StartsWith("W/\"datetime'", etag, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Large_state_is_cut_as_the_official_package_cuts_it()
    {
        byte[] payload = [.. Enumerable.Range(0, 150_000).Select(i => (byte)(i % 251))];
        await Store.WriteAsync("s", "g", payload, null, Cancellation);

        var entity = await EntityAsync("signalexchange_g", "s");

        Assert.Equal(payload[..65_536], entity.GetBinary("Data"));
        Assert.Equal(payload[65_536..131_072], entity.GetBinary("Data1"));
        Assert.Equal(payload[131_072..], entity.GetBinary("Data2"));
        Assert.False(entity.ContainsKey("Data3"));
    }

    [Fact]
    public async Task State_of_the_official_package_is_read_written_and_cleared()
    {
        await _table.AddEntityAsync(
            new TableEntity("signalexchange_g_1", "s") { ["Data"] = Bytes(65_536), ["Data1"] = Bytes(9) },
            Cancellation
        );

        var read = await Store.ReadAsync("s", "g/1", Cancellation);
        Assert.Equal(65_545, read!.Payload.Length);
        var etag = await Store.WriteAsync("s", "g/1", new byte[] { 7 }, read.ETag, Cancellation);

        Assert.False((await EntityAsync("signalexchange_g_1", "s")).ContainsKey("Data1"));
        await Store.ClearAsync("s", "g/1", etag, Cancellation);
        Assert.False(
            (await _table.GetEntityIfExistsAsync<TableEntity>("signalexchange_g_1", "s", null, Cancellation)).HasValue
        );
    }

    // Its DeleteStateOnClear is false by default: a cleared state leaves a row without data.
    [Fact]
    public async Task State_that_the_official_package_cleared_is_none_and_can_be_written_anew()
    {
        await _table.AddEntityAsync(new TableEntity("signalexchange_g", "s"), Cancellation);

        Assert.Null(await Store.ReadAsync("s", "g", Cancellation));
        await Store.ClearAsync("s", "g", null, Cancellation);
        var etag = await Store.WriteAsync("s", "g", new byte[] { 7 }, null, Cancellation);

        Assert.Equal(etag, (await Store.ReadAsync("s", "g", Cancellation))?.ETag);
        await Assert.ThrowsAsync<StaleStateException>(() =>
            Store.WriteAsync("s", "g", new byte[] { 8 }, null, Cancellation)
        );
    }

    [Fact]
    public async Task Etag_of_any_row_at_all_is_none_that_a_caller_may_hold()
    {
        await Store.WriteAsync("s", "g", new byte[] { 1 }, null, Cancellation);

        foreach (var etag in new[] { "*", "", "not one of the service's" })
        {
            await Assert.ThrowsAsync<StaleStateException>(() =>
                Store.WriteAsync("s", "g", new byte[] { 2 }, etag, Cancellation)
            );
            await Assert.ThrowsAsync<StaleStateException>(() => Store.ClearAsync("s", "g", etag, Cancellation));
        }
    }

    [Fact]
    public async Task Two_grains_whose_ids_become_one_key_are_told_apart_by_an_error_that_names_neither()
    {
        await Store.WriteAsync("s", "member/acme", new byte[] { 1 }, null, Cancellation);

        var exception = await Assert.ThrowsAsync<StorageFormatException>(async () =>
            await Store.ReadAsync("s", "member_acme", Cancellation)
        );

        Assert.DoesNotContain("acme", exception.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("line\nbreak")]
    [InlineData("\u007f")]
    public async Task Key_that_the_service_forbids_is_refused_without_being_repeated(string key)
    {
        foreach (var (name, id) in new[] { (key, "g"), ("s", key) })
        {
            var exception = await Assert.ThrowsAsync<ArgumentException>(async () =>
                await Store.ReadAsync(name, id, Cancellation)
            );
            Assert.DoesNotContain(key, exception.Message, StringComparison.Ordinal);
        }
    }

    // Not a case of the theory above: the runner itself cannot keep it.
    [Fact]
    public Task Half_a_surrogate_pair_is_refused() =>
        Assert.ThrowsAnyAsync<ArgumentException>(async () =>
            await Store.ReadAsync("s", "half \uD800 a pair", Cancellation)
        );

    [Fact]
    public async Task Key_of_512_characters_is_taken_and_a_longer_one_refused()
    {
        var id = new string('k', 512 - "signalexchange_".Length);
        var name = new string('n', 512);
        var etag = await Store.WriteAsync(name, id, new byte[] { 1 }, null, Cancellation);
        Assert.Equal(etag, (await Store.ReadAsync(name, id, Cancellation))?.ETag);

        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.ReadAsync(name, id + 'k', Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.ReadAsync(name + 'n', id, Cancellation));
    }

    [Fact]
    public async Task State_larger_than_a_row_is_refused()
    {
        await Assert.ThrowsAsync<ArgumentException>(() =>
            Store.WriteAsync("s", "g", new byte[15 * 64 * 1024 + 1], null, Cancellation)
        );

        Assert.Null(await Store.ReadAsync("s", "g", Cancellation));
    }

    private static byte[] Bytes(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)i)];

    private async Task<TableEntity> EntityAsync(string partition, string row) =>
        (await _table.GetEntityAsync<TableEntity>(partition, row, cancellationToken: Cancellation)).Value;
}
