using System.Diagnostics;
using SignalExchange.Grains.Shards;

namespace SignalExchange.Grains.Tests.Shards;

/// <summary>A commit serves many calls, and each of their traces leads to it.</summary>
public sealed class ShardTracingTests : IDisposable
{
    private readonly ActivitySource _calls = new("calls of this test");
    private readonly ActivityListener _listener;

    public ShardTracingTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source == _calls || source.Name == ShardTracing.SourceName,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) =>
                ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _calls.Dispose();
    }

    [Fact]
    public void A_commit_belongs_to_the_first_trace_and_is_linked_with_the_others_from_both_ends()
    {
        var (first, second) = (Call(), Call());

        using var commit = ShardTracing.StartCommit(17, [Write(first), Write(second), Write(second)]);

        Assert.Equal(first.TraceId, commit!.TraceId);
        Assert.Equal(first.SpanId, commit.ParentSpanId);
        Assert.Equal([second.Context], commit.Links.Select(link => link.Context));
        Assert.Equal([commit.Context], second.Links.Select(link => link.Context));
        Assert.Empty(first.Links);
        Assert.Equal(17, commit.GetTagItem("signalexchange.shard"));
        Assert.Equal(3, commit.GetTagItem("signalexchange.changes"));
    }

    [Fact]
    public void The_storages_transaction_is_within_the_commit()
    {
        using var commit = ShardTracing.StartCommit(17, [Write(Call())]);

        using var storage = ShardTracing.StartStorage(commit);

        Assert.Equal(commit!.SpanId, storage!.ParentSpanId);
    }

    [Fact]
    public void A_commit_of_calls_that_nobody_records_has_no_span()
    {
        var unrecorded = Call();
        unrecorded.ActivityTraceFlags = ActivityTraceFlags.None;

        var commit = ShardTracing.StartCommit(17, [Write(unrecorded), Write(null)]);

        Assert.Null(commit);
        Assert.Null(ShardTracing.StartStorage(commit));
    }

    // A trace of its own.
    private Activity Call()
    {
        Activity.Current = null;
        return _calls.StartActivity("call")!;
    }

    private static WaitingWrite Write(Activity? call)
    {
        Activity.Current = call;
        return new(new ShardWrite(new byte[32], 0, [], 0, [], SiloAddress.Zero), since: 0);
    }
}
