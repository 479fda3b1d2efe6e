using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Placement;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Indicators;
using SignalExchange.Grains.Placement;
using SignalExchange.Grains.StoredV1;
using SignalExchange.Storage;

namespace SignalExchange.Grains.Shards;

/// <summary>
/// The only writer of one shard's log. Groups what comes in while a transaction runs into the next one, fences every
/// transaction on the head's sequence, and acknowledges after the storage did.
/// </summary>
/// <remarks>
/// There is no timer: a lone write is committed at once, and under load a group forms by itself while the storage is busy.
/// Re-entrant, so that writes can join while a commit is awaited; only <see cref="CommitAll"/> touches the head.
/// </remarks>
[Reentrant]
[Immovable]
[ShardPlacement]
internal sealed class ShardGrain(
    IShardStore store,
    IEnumerable<ICommitObserver> observers,
    IShardAnnouncer announcer,
    ShardStay stay,
    IOptions<ShardOptions> options,
    ShardMetrics metrics,
    TimeProvider clock,
    ILogger<ShardGrain> logger
) : Grain, IShardGrain
{
    // Well below the runtime's time for a call: after it, the grain that wrote may have given up and read the row as it was before.
    private static readonly TimeSpan WriterPatience = TimeSpan.FromSeconds(5);

    private readonly Queue<WaitingWrite> _waiting = new();
    private readonly ICommitObserver[] _observers = [.. observers];
    private long _head;
    private bool _isCommitting;
    private bool _isFenced;

    private Shard Shard => stay.Shard;

    private SiloAddress Here => GrainContext.Address.SiloAddress!;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _head = await store.ReadHeadAsync(Shard, cancellationToken);
        announcer.Opened(new(Shard, _head));
        ShardLog.Opened(logger, Shard.Number, _head);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        announcer.Closed(Shard);
        return Task.CompletedTask;
    }

    public Task Open()
    {
        LeaveWhenOver();
        return Task.CompletedTask;
    }

    public Task<ShardWriteResult> Write(ShardWrite write)
    {
        LeaveWhenOver();
        var outcome = Enqueue(write);
        StartCommitting();
        return outcome;
    }

    public Task<SubmitResult[]> SubmitNew(NewIndicator[] indicators)
    {
        LeaveWhenOver();
        var now = clock.GetUtcNow();
        var results = indicators.Select(indicator => SubmitNew(indicator, now)).ToArray();
        StartCommitting();
        return Task.WhenAll(results);
    }

    private async Task<SubmitResult> SubmitNew(NewIndicator indicator, DateTimeOffset now)
    {
        var step = IndicatorLedger.Submit(new IndicatorState(), version: 0, indicator.Command, now);
        if (step.Next is not { } next)
        {
            return new SubmitResult { Error = step.Refusal!.Value.ToItemError() };
        }

        var written = await Enqueue(ShardWrite.Of(new Token(indicator.Token), expectedVersion: 0, next, now, Here));
        return written.Failure == ErrorReason.Unspecified
            ? step.ToSubmitResult(new() { Shard = (uint)Shard.Number, Sequence = (ulong)written.Sequence })
            : new SubmitResult { Error = new Refusal(written.Failure).ToItemError() };
    }

    private Task<ShardWriteResult> Enqueue(ShardWrite write)
    {
        if (_isFenced)
        {
            return Task.FromResult(ShardWriteResult.Conflict());
        }

        if (_waiting.Count >= options.Value.MaxWaitingWrites)
        {
            return Task.FromResult(ShardWriteResult.Refused(ErrorReason.WriteQueueFull));
        }

        if (!NewRoom().TryTake(write) || IsFull(write))
        {
            return Task.FromResult(ShardWriteResult.Refused(ErrorReason.IndicatorFull));
        }

        var waiting = new WaitingWrite(write, clock.GetTimestamp());
        _waiting.Enqueue(waiting);
        metrics.Queued();
        return waiting.Outcome;
    }

    private void StartCommitting()
    {
        if (!_isCommitting)
        {
            _isCommitting = true;
            _ = CommitAll();
        }
    }

    private async Task CommitAll()
    {
        try
        {
            while (_waiting.Count > 0 && !_isFenced)
            {
                await CommitGroup(TakeGroup());
            }
        }
        finally
        {
            _isCommitting = false;
            metrics.Dequeued(_waiting.Count);
            while (_waiting.TryDequeue(out var write))
            {
                write.Complete(ShardWriteResult.Conflict());
            }
        }
    }

    // The last eighth of an indicator's room takes no more reports: it is for withdrawals and disputes, by which people get out, and for moves.
    private bool IsFull(ShardWrite write) =>
        write.State.Length > store.Limits.MaxStateBytes / 8 * 7
        && IndicatorChange.Parser.ParseFrom(write.Detail).KindCase
            is IndicatorChange.KindOneofCase.Submitted
                or IndicatorChange.KindOneofCase.Template;

    private GroupRoom NewRoom() => new(store.Limits, options.Value.MaxChangesPerCommit);

    /// <summary>Takes the next group: in order, as much as a transaction holds, and each indicator once, since a second write of it builds on the first.</summary>
    private List<WaitingWrite> TakeGroup()
    {
        var group = new List<WaitingWrite>();
        var tokens = new HashSet<Token>();
        var room = NewRoom();
        while (_waiting.TryPeek(out var next) && tokens.Add(new Token(next.Write.Token)) && room.TryTake(next.Write))
        {
            group.Add(_waiting.Dequeue());
        }

        metrics.Dequeued(group.Count);
        return group;
    }

    private async Task CommitGroup(List<WaitingWrite> group)
    {
        var commit = MakeCommit(group);
        using var span = ShardTracing.StartCommit(Shard.Number, group);
        var started = clock.GetTimestamp();
        try
        {
            var outcome = await CommitOnce(commit, span);
            Measure(group.Count, started, span, ShardMetrics.NameOf(outcome));
            switch (outcome)
            {
                case CommitOutcome.Committed:
                    Acknowledge(commit, group);
                    ShardLog.Committed(logger, Shard.Number, group.Count, clock.GetElapsedTime(started));
                    break;
                case CommitOutcome.StaleIndicator:
                    await CommitByHalves(group);
                    break;
                default:
                    Fence(group, _head);
                    break;
            }
        }
        catch (StorageUnavailableException)
        {
            // The engine has logged why, once for all shards that shared the transaction.
            ShardLog.StorageUnavailable(logger, Shard.Number, group.Count);
            Measure(group.Count, started, span, "unavailable");
            CompleteAll(group, ShardWriteResult.Refused(ErrorReason.StorageUnavailable));
        }
        catch (WriteQueueFullException)
        {
            Measure(group.Count, started, span, "queue_full");
            CompleteAll(group, ShardWriteResult.Refused(ErrorReason.WriteQueueFull));
        }
        catch (Exception failure)
        {
            // What is stored is not known, so this activation must not write on: the next one reads the head again.
            ShardLog.CommitFailed(logger, failure, Shard.Number, group.Count);
            Measure(group.Count, started, span, "failed");
            Fence(group, _head);
        }
    }

    private void Measure(int changes, long started, Activity? span, string outcome)
    {
        metrics.Committed(changes, clock.GetElapsedTime(started), outcome);
        span?.SetTag("signalexchange.outcome", outcome);
        if (outcome is "unavailable" or "queue_full" or "failed")
        {
            span?.SetStatus(ActivityStatusCode.Error);
        }
    }

    /// <summary>Commits; when the reply is lost, the log tells whether it happened.</summary>
    private async Task<CommitOutcome> CommitOnce(ShardCommit commit, Activity? span)
    {
        try
        {
            using var storage = ShardTracing.StartStorage(span);
            return await store.CommitAsync(commit, CancellationToken.None);
        }
        catch (CommitUnknownException failure)
        {
            ShardLog.ReplyLost(logger, failure, Shard.Number, commit.Row.FirstSequence);
            return await ReadBack(commit);
        }
    }

    private async Task<CommitOutcome> ReadBack(ShardCommit commit)
    {
        try
        {
            await foreach (var row in store.ReadLogAsync(Shard, commit.ExpectedHead, CancellationToken.None))
            {
                return row.CommitId == commit.Row.CommitId ? CommitOutcome.Committed : CommitOutcome.StaleHead;
            }
        }
        catch (StorageUnavailableException failure)
        {
            // It says that the log was not read, and nothing of the commit: that one may be there.
            ShardLog.NotReadBack(logger, failure, Shard.Number, commit.Row.FirstSequence);
        }

        // The head did not move, but the lost transaction may still be on its way: only a new activation's fence settles it.
        return CommitOutcome.StaleHead;
    }

    /// <summary>A write of the group was made on an old row; finds it by halves, and lets its neighbours through.</summary>
    private async Task CommitByHalves(List<WaitingWrite> group)
    {
        if (group is [var only])
        {
            only.Complete(ShardWriteResult.Conflict());
            return;
        }

        var half = group.Count / 2;
        await CommitUnlessFenced(group[..half]);
        await CommitUnlessFenced(group[half..]);
    }

    private async Task CommitUnlessFenced(List<WaitingWrite> group)
    {
        if (_isFenced)
        {
            CompleteAll(group, ShardWriteResult.Conflict());
        }
        else
        {
            await CommitGroup(group);
        }
    }

    private void Acknowledge(ShardCommit commit, List<WaitingWrite> group)
    {
        _head = commit.Row.LastSequence;
        if (
            group.Exists(write =>
                !write.Write.Writer.Equals(Here) || clock.GetElapsedTime(write.Since) > WriterPatience
            )
        )
        {
            announcer.WroteForAnother(new(Shard, _head));
        }

        foreach (var observer in _observers)
        {
            observer.OnCommitted(commit.Row);
        }

        announcer.Committed(commit.Row);

        for (var place = 0; place < group.Count; place++)
        {
            group[place].Complete(ShardWriteResult.Written(commit.Row.FirstSequence + place));
        }
    }

    private void Fence(List<WaitingWrite> group, long head)
    {
        ShardLog.Fenced(logger, Shard.Number, head);
        metrics.Fenced();
        _isFenced = true;
        announcer.Closed(Shard);
        CompleteAll(group, ShardWriteResult.Conflict());
        DeactivateOnIdle();
    }

    /// <summary>Finishes what is here and goes to the shard's new home. Without a new address, callers would go on asking for it here.</summary>
    private void LeaveWhenOver()
    {
        if (stay.IsOver)
        {
            ShardLog.Leaves(logger, Shard.Number);
            MigrateOnIdle();
        }
    }

    private ShardCommit MakeCommit(List<WaitingWrite> group)
    {
        var changes = new ShardChange[group.Count];
        var indicators = new IndicatorWrite[group.Count];
        for (var place = 0; place < group.Count; place++)
        {
            var write = group[place].Write;
            var token = new Token(write.Token);
            changes[place] = new(token, new IndicatorSummary(write.Summary), write.Detail);
            indicators[place] = new(token, write.ExpectedVersion, _head + 1 + place, write.State);
        }

        return new(_head, new LogRow(Shard, _head + 1, NewCommitId(), changes), indicators);
    }

    private static void CompleteAll(List<WaitingWrite> group, ShardWriteResult result) =>
        group.ForEach(write => write.Complete(result));

    private static UInt128 NewCommitId()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        return BinaryPrimitives.ReadUInt128LittleEndian(bytes);
    }
}
