using Microsoft.Extensions.Logging.Abstractions;
using SignalExchange.Index.Propagation;

namespace SignalExchange.Index.Tests.Propagation;

/// <summary>What other silos bring is applied as this silo's own commits are, and remembered as somebody else's.</summary>
public sealed class RemoteRowsTests : IAsyncDisposable
{
    private readonly IndexHarness _harness = new();
    private readonly RemoteRows _rows;

    public RemoteRowsTests() =>
        _rows = new(
            [_harness.Feed],
            _harness.Get<ShardProgress>(),
            _harness.Get<IndexMetrics>(),
            NullLogger<RemoteRows>.Instance
        );

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    [Fact]
    public async Task Row_is_in_the_index_and_counts_as_foreign()
    {
        await _harness.StartAsync();

        _rows.Take([CommittedRow.Of(TestRows.Row(1, 10, 20))]);

        Assert.Equal(20u, _harness.Index.SummaryOf(2));
        Assert.Equal(2, _harness.Get<ShardProgress>().ForeignSequence(TestRows.First));
    }

    [Fact]
    public async Task Own_row_does_not()
    {
        await _harness.StartAsync();

        _harness.Feed.OnCommitted(TestRows.Row(1, 10));

        Assert.Equal(0, _harness.Get<ShardProgress>().ForeignSequence(TestRows.First));
    }

    [Fact]
    public async Task Row_that_cannot_be_read_stops_none_after_it()
    {
        await _harness.StartAsync();
        var unreadable = new CommittedRow(0, 1, 0, [99]);

        _rows.Take([unreadable, new(99, 1, 0, [1]), CommittedRow.Of(TestRows.Row(1, 10))]);

        Assert.Equal(10u, _harness.Index.SummaryOf(1));
    }

    [Fact]
    public void Row_survives_its_packing()
    {
        var row = TestRows.Row(7, 10, 20) with { CommitId = UInt128.MaxValue };

        var unpacked = CommittedRow.Of(row).ToLogRow();

        Assert.Equal(
            (row.Shard, row.FirstSequence, row.CommitId),
            (unpacked.Shard, unpacked.FirstSequence, unpacked.CommitId)
        );
        Assert.Equal(
            row.Changes.Select(it => (it.Token, it.Summary)),
            unpacked.Changes.Select(it => (it.Token, it.Summary))
        );
    }
}
