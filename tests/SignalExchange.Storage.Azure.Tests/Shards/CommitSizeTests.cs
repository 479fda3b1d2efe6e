using System.Security.Cryptography;
using SignalExchange.Storage.Azure.Shards;
using SignalExchange.Storage.Azure.Tests.Faults;
using SignalExchange.TestKit.Azurite;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Azure.Tests.Shards;

/// <summary>The limits of a transaction: 100 rows, 1 MiB a row, 4 MiB a body.</summary>
public sealed class CommitSizeTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const int MaxBodyBytes = 4 * 1024 * 1024;
    private const int ChangeBytes = 38; // What LogRowCodec adds to a detail.

    private AzureStorageUnderTest _storage = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static ShardCommitLimits Limits => CommitSize.Limits;

    public async ValueTask InitializeAsync() => _storage = await AzureStorageUnderTest.OpenAsync(azurite.Azurite);

    public ValueTask DisposeAsync() => _storage.DisposeAsync();

    [Fact]
    public async Task Commit_of_98_changes_is_a_transaction_of_100_rows_and_one_more_is_refused()
    {
        var model = Model();
        await model.CommitAsync(_storage.Shards, model.Next([.. Enumerable.Range(0, 98)]), Cancellation);

        await AssertRefusedAsync(model, model.Next([.. Enumerable.Range(0, 99)]), "98 changes, got 99");
    }

    [Theory]
    [InlineData(98)]
    [InlineData(13)]
    [InlineData(5)]
    public async Task Commit_of_the_most_bytes_fits_into_a_body_and_one_byte_more_is_refused(int changes)
    {
        var (model, largestBody) = (Model(), 0L);
        var store = await _storage.OpenStoreAsync(
            Fault.OfTransactions(
                (message, send) =>
                {
                    Assert.True(message.Request.Content!.TryComputeLength(out var length));
                    largestBody = Math.Max(largestBody, length);
                    return send();
                }
            )
        );
        await model.CommitAsync(store, OfBytes(model, changes, Limits.MaxCommitBytes), Cancellation);

        // The second time rows are replaced, which their ETags make longer.
        await model.CommitAsync(store, OfBytes(model, changes, Limits.MaxCommitBytes), Cancellation);

        Assert.InRange(largestBody, MaxBodyBytes * 9 / 10, MaxBodyBytes);
        await ShardAssert.HoldsAsync(model, _storage.Shards, Cancellation);
        await AssertRefusedAsync(model, OfBytes(model, changes, Limits.MaxCommitBytes + 1), "A commit has at most");
    }

    // Azurite takes less: it counts a row's JSON. What a row of the service takes, PayloadPropertiesTests hold.
    [Fact]
    public async Task State_and_log_row_of_more_than_a_row_takes_are_refused()
    {
        var model = Model();
        var state = Resized(model.Next(1), 1, Limits.MaxStateBytes + 1);
        var log = Resized(model.Next([.. Enumerable.Range(0, 16)]), 64 * 1024 - ChangeBytes, 1);

        Assert.Null(Limits.Broken(Resized(model.Next(1), 1, Limits.MaxStateBytes)));
        await AssertRefusedAsync(model, state, $"A state has at most {15 * 64 * 1024} bytes");
        await AssertRefusedAsync(model, log, $"A log row has at most {15 * 64 * 1024} bytes");
    }

    // A commit whose log row and states have so many bytes together, none of them alike.
    private static ShardCommit OfBytes(ShardModel model, int changes, int bytes)
    {
        var commit = Resized(model.Next([.. Enumerable.Range(0, changes)]), 1, 0);
        var rest = bytes - (int)LogRowCodec.Measure(commit.Row.Changes);
        var each = rest / changes;
        return commit with
        {
            Indicators =
            [
                .. commit.Indicators.Select(
                    (write, i) =>
                        write with
                        {
                            State = RandomNumberGenerator.GetBytes(i == 0 ? rest - each * (changes - 1) : each),
                        }
                ),
            ],
        };
    }

    private static ShardCommit Resized(ShardCommit commit, int detailBytes, int stateBytes) =>
        commit with
        {
            Row = commit.Row with
            {
                Changes = [.. commit.Row.Changes.Select(change => change with { Detail = new byte[detailBytes] })],
            },
            Indicators = [.. commit.Indicators.Select(write => write with { State = new byte[stateBytes] })],
        };

    private async Task AssertRefusedAsync(ShardModel model, ShardCommit commit, string why)
    {
        var exception = await Assert.ThrowsAsync<ArgumentException>(() =>
            _storage.Shards.CommitAsync(commit, Cancellation)
        );
        Assert.Contains(why, exception.Message, StringComparison.Ordinal);
        await ShardAssert.HoldsAsync(model, _storage.Shards, Cancellation);
    }

    private ShardModel Model() => new(_storage.Shards.Shards, new(3));
}
