using Microsoft.Extensions.Logging.Abstractions;
using SignalExchange.Index.Propagation;
using SignalExchange.TestKit;

namespace SignalExchange.Index.Tests.Propagation;

/// <summary>Rows go to another silo in batches, in order; one that is slow or fails holds nobody up.</summary>
public sealed class RowSenderTests : IAsyncDisposable
{
    private readonly IndexHarness _harness = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly FakeFeed _feed = new();
    private readonly IndexOptions _options = new() { PublishInterval = TimeSpan.FromMilliseconds(1) };

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _stop.Dispose();
        await _harness.DisposeAsync();
    }

    [Fact]
    public async Task Rows_arrive_in_order_and_share_calls_while_one_is_under_way()
    {
        _feed.Gate = new TaskCompletionSource();
        var sender = NewSender();
        sender.Add(Row(1));
        await Until(() => _feed.Batches.Count == 1);
        for (var sequence = 2; sequence <= 100; sequence++)
        {
            sender.Add(Row(sequence));
        }

        _feed.Gate.SetResult();

        await Until(() => _feed.Batches.Sum(batch => batch.Length) == 100);
        Assert.Equal(2, _feed.Batches.Count);
        Assert.Equal(
            Enumerable.Range(1, 100).Select(sequence => (long)sequence),
            _feed.Batches.SelectMany(batch => batch).Select(row => row.FirstSequence)
        );
    }

    [Fact]
    public async Task Silo_that_fails_is_brought_later_rows_all_the_same()
    {
        var sender = NewSender();
        _feed.Failure = new TimeoutException();
        sender.Add(Row(1));
        await Until(() => _feed.Batches.Count == 1);

        _feed.Failure = null;
        sender.Add(Row(2));

        await Until(() => _feed.Batches.Count == 2);
        Assert.Equal(2, Assert.Single(_feed.Batches[1]).FirstSequence);
    }

    [Fact]
    public async Task Rows_beyond_the_limit_are_dropped_and_nobody_waits()
    {
        _options.MaxWaitingRows = 16;
        _feed.Gate = new TaskCompletionSource();
        var sender = NewSender();
        sender.Add(Row(1));
        await Until(() => _feed.Batches.Count == 1);

        for (var sequence = 2; sequence <= 100; sequence++)
        {
            sender.Add(Row(sequence));
        }

        _feed.Gate.SetResult();
        await Until(() => _feed.Batches.Count == 2);
        Assert.Equal(Enumerable.Range(2, 16).Select(it => (long)it), _feed.Batches[1].Select(row => row.FirstSequence));
    }

    [Fact]
    public async Task Batch_ends_at_its_limit_of_bytes()
    {
        _options.MaxBatchBytes = 1_024;
        _feed.Gate = new TaskCompletionSource();
        var sender = NewSender();
        sender.Add(Row(1));
        await Until(() => _feed.Batches.Count == 1);
        for (var sequence = 2; sequence <= 200; sequence++)
        {
            sender.Add(Row(sequence));
        }

        _feed.Gate.SetResult();

        await Until(() => _feed.Batches.Sum(batch => batch.Length) == 200);
        var row = Row(1).Changes.Length;
        Assert.All(_feed.Batches, batch => Assert.InRange(batch.Sum(it => it.Changes.Length), row, 1_024 + row));
    }

    [Fact]
    public async Task Loop_ends_when_the_silo_is_gone()
    {
        var sender = NewSender();

        sender.Close();

        await sender.Ended.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    private RowSender NewSender() =>
        new(_feed, _harness.Get<IndexMetrics>(), _options, TimeProvider.System, NullLogger.Instance, _stop.Token);

    private static CommittedRow Row(long sequence) => CommittedRow.Of(TestRows.Row(sequence, 10));

    private static Task Until(Func<bool> condition) =>
        Eventually.TrueAsync(condition, "the rows", TimeSpan.FromMilliseconds(2));
}
