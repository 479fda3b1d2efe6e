using CsCheck;
using SignalExchange.Client.Bulk;
using SignalExchange.Client.Errors;
using SignalExchange.Client.Options;
using SignalExchange.Client.Testing;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens;

namespace SignalExchange.Client.Tests.Bulk;

/// <summary>Bulk reads no further ahead than it must, keeps the order, and ends cleanly however it ends.</summary>
public sealed class BulkPipelineTests
{
    private int _read;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Any_identifiers_come_back_in_their_order()
    {
        var client = new FakeSignalExchange().CreateClient("platform-a");
        var identifiers = Gen.OneOf(
            Gen.Int[0, 50].Select(Samples.Email),
            Gen.Int[0, 50].Select(Samples.Url),
            Gen.Int[0, 50].Select(Samples.Handle)
        );

        await identifiers
            .Array[0, 200]
            .SampleAsync(
                async sample =>
                {
                    var results = await client
                        .CheckManyAsync(sample.ToAsyncEnumerable(), CheckPurpose.Test, CancellationToken.None)
                        .ToListAsync();
                    return results.Select(result => result.Identifier).SequenceEqual(sample);
                },
                iter: 50
            );
    }

    [Fact]
    public async Task It_reads_no_further_ahead_than_the_batches_under_way()
    {
        var pipeline = Pipeline(batchSize: 10, unanswered: 3);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        await using var results = pipeline
            .RunAsync(
                Numbers(1000),
                async (batch, _) =>
                {
                    await gate.Task;
                    return batch;
                },
                Ct
            )
            .GetAsyncEnumerator(Ct);
        var first = results.MoveNextAsync();

        Assert.Equal(30, _read);
        gate.SetResult();
        Assert.True(await first);
        Assert.Equal(0, results.Current);
    }

    [Fact]
    public async Task A_reader_who_stops_early_stops_the_work()
    {
        var pipeline = Pipeline(batchSize: 10, unanswered: 2);
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        await foreach (
            var result in pipeline.RunAsync(
                Numbers(1000),
                async (batch, token) =>
                {
                    if (batch[0] > 0)
                    {
                        token.Register(() => cancelled.TrySetResult());
                        await Task.Delay(Timeout.InfiniteTimeSpan, token);
                    }

                    return batch;
                },
                Ct
            )
        )
        {
            Assert.Equal(0, result);
            break;
        }

        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(10), Ct);
        Assert.Equal(20, _read);
    }

    [Fact]
    public async Task A_source_that_fails_fails_the_reader_with_its_own_exception()
    {
        var client = new FakeSignalExchange().CreateClient("platform-a");

        var failure = await Assert.ThrowsAsync<InvalidDataException>(() =>
            client.CheckManyAsync(Broken(), CheckPurpose.Test, Ct).ToListAsync(Ct).AsTask()
        );

        Assert.Equal("line 3", failure.Message);
    }

    [Fact]
    public async Task Cancellation_ends_it()
    {
        var client = new FakeSignalExchange().CreateClient("platform-a");
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(Ct);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in client.CheckManyAsync(Endless(), CheckPurpose.Test, cancelled.Token))
            {
                await cancelled.CancelAsync();
            }
        });
    }

    [Fact]
    public async Task A_batch_that_finds_the_exchange_away_is_worked_on_again()
    {
        var pipeline = Pipeline(batchSize: 10, unanswered: 2);
        var attempts = 0;

        var results = await pipeline
            .RunAsync(Numbers(10), (batch, _) => ++attempts < 3 ? throw Away() : Task.FromResult(batch), Ct)
            .ToListAsync(Ct);

        Assert.Equal((10, 3), (results.Count, attempts));
    }

    [Fact]
    public void Runs_keep_the_order_and_both_limits()
    {
        Gen.Select(Gen.Int[1, 100].Array[0, 200], Gen.Int[1, 20], Gen.Int[100, 300])
            .Sample(
                (sizes, maxCount, maxBytes) =>
                {
                    var runs = BatchCutter.Cut(sizes, maxCount, maxBytes, size => size).ToList();
                    return runs.SelectMany(run => run).SequenceEqual(sizes)
                        && runs.TrueForAll(run => run.Count >= 1 && run.Count <= maxCount && run.Sum() <= maxBytes);
                }
            );
    }

    [Fact]
    public void An_item_too_large_for_any_message_is_a_run_by_itself() =>
        Assert.Equal(
            [
                [1],
                [1000],
                [1],
            ],
            BatchCutter.Cut([1, 1000, 1], maxCount: 10, maxBytes: 100, size => size)
        );

    private static BulkPipeline Pipeline(int batchSize, int unanswered) =>
        new(
            new SignalExchangeClientOptions
            {
                BatchSize = batchSize,
                MaxUnansweredBatches = unanswered,
                Patience = TimeSpan.FromSeconds(20),
            }
        );

    private static SignalExchangeException Away() => new(Grpc.Core.StatusCode.Unavailable, null, null, null);

    private async IAsyncEnumerable<int> Numbers(int count)
    {
        for (var number = 0; number < count; number++)
        {
            _read++;
            yield return number;
        }

        await Task.CompletedTask;
    }

    private static async IAsyncEnumerable<Identifier> Broken()
    {
        yield return Samples.Email(1);
        yield return Samples.Email(2);
        await Task.Yield();
        throw new InvalidDataException("line 3");
    }

    private static async IAsyncEnumerable<Identifier> Endless()
    {
        for (var number = 0; ; number = (number + 1) % 100)
        {
            yield return Samples.Email(number);
            await Task.CompletedTask;
        }
    }
}
