using System.Threading.Channels;
using SignalExchange.AccessLog.Formats;
using SignalExchange.AccessLog.Writing;
using SignalExchange.Storage.AccessLog;

namespace SignalExchange.AccessLog.Publishing;

/// <summary>Makes tiles, bundles and checkpoints of what was written, beside the writing and never in its way.</summary>
/// <remarks>
/// <para>The order of a round, so that no checkpoint ever speaks of what is not there:</para>
/// <list type="number">
/// <item>The tree grows by what the tail holds.</item>
/// <item>Full tiles and bundles are written, each on stable storage before the next step.</item>
/// <item>So are those that are not full.</item>
/// <item>The checkpoint is signed, kept, and offered to the witnesses.</item>
/// <item>With enough of their signatures, it is published.</item>
/// <item>What is in published bundles leaves the tail.</item>
/// </list>
/// <para>A round that fails is begun again, where it stood, after the interval; the log goes on meanwhile.</para>
/// </remarks>
internal sealed class Publisher
{
    private const int PageSize = 4096;

    private readonly IAccessLogStore _store;
    private readonly PublishedLog _log;
    private readonly LogSigner _signer;
    private readonly WitnessRound _witnesses;
    private readonly LogState _state;
    private readonly PublisherReports _reports;
    private readonly TimeSpan _interval;
    private readonly TimeProvider _time;
    private readonly Queue<Resource> _full = new();
    private readonly Channel<bool> _growth = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true }
    );

    private readonly TaskCompletionSource _stopping = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Publisher(
        IAccessLogStore store,
        PublishedLog log,
        LogSigner signer,
        WitnessRound witnesses,
        LogState state,
        PublisherReports reports,
        TimeSpan interval,
        TimeProvider time
    )
    {
        (_store, _log, _signer, _witnesses) = (store, log, signer, witnesses);
        (_state, _reports, _interval, _time) = (state, reports, interval, time);
    }

    /// <summary>Says that the log has grown. Safe from any thread, at no cost.</summary>
    public void NoteGrowth() => _growth.Writer.TryWrite(true);

    /// <summary>Publishes until it is stopped, then once more.</summary>
    public async Task RunAsync()
    {
        NoteGrowth(); // What was recovered may not have been published.
        while (await _growth.Reader.WaitToReadAsync())
        {
            _growth.Reader.TryRead(out _);
            await TryPublishAsync();
            await Task.WhenAny(_stopping.Task, Task.Delay(_interval, _time));
        }
    }

    /// <summary>Publishes what there is, and ends <see cref="RunAsync"/>.</summary>
    public void Stop()
    {
        NoteGrowth();
        _growth.Writer.TryComplete();
        _stopping.TrySetResult();
    }

    private async ValueTask TryPublishAsync()
    {
        try
        {
            await PublishAsync(CancellationToken.None);
        }
        catch (Exception exception)
        {
            _reports.NoteFailure(exception, _state.Head);
            NoteGrowth(); // So that it is tried again.
        }
    }

    private async ValueTask PublishAsync(CancellationToken cancellationToken)
    {
        await GrowAsync(_state.Head, cancellationToken); // 1.
        if (_log.Tree.Size == _state.Published)
        {
            return;
        }

        await WriteAsync(_log.Tree.Partials(), cancellationToken); // 3.
        var (size, root) = (_log.Tree.Size, _log.Tree.Root());
        var signed = _signer.Sign(size, root);
        var checkpoint = await CosignAsync(new(size, root), signed, cancellationToken); // 4.
        if (checkpoint is null)
        {
            NoteGrowth();
            return;
        }

        await _store.PutAsync(_log.Lease, AccessLogPaths.Checkpoint, checkpoint, cancellationToken); // 5.
        await _store.MarkPublishedAsync(_log.Lease, size, cancellationToken);
        _state.NotePublished(size);
        await TidyAsync(size, cancellationToken); // 6.
    }

    private async ValueTask GrowAsync(long head, CancellationToken cancellationToken)
    {
        while (true)
        {
            await WriteFullAsync(cancellationToken); // 2.
            if (_log.Tree.Size >= head)
            {
                return;
            }

            var count = (int)Math.Min(PageSize, head - _log.Tree.Size);
            foreach (var record in await _store.ReadAsync(_log.Lease.Log, _log.Tree.Size, count, cancellationToken))
            {
                _log.Tree.Append(record, _full);
            }
        }
    }

    // A resource stays in the queue until it is on stable storage: a failed round goes on with it.
    private async ValueTask WriteFullAsync(CancellationToken cancellationToken)
    {
        while (_full.TryPeek(out var resource))
        {
            await _store.PutAsync(_log.Lease, resource.Path, resource.Content, cancellationToken);
            _full.Dequeue();
            _log.NoteWritten(resource);
        }

        _log.NoteAllWritten();
    }

    private async ValueTask WriteAsync(IReadOnlyList<Resource> resources, CancellationToken cancellationToken)
    {
        foreach (var resource in resources)
        {
            await _store.PutAsync(_log.Lease, resource.Path, resource.Content, cancellationToken);
        }
    }

    private async ValueTask<byte[]?> CosignAsync(
        Checkpointed checkpoint,
        byte[] signed,
        CancellationToken cancellationToken
    )
    {
        if (!_witnesses.Any)
        {
            return signed;
        }

        // A signed checkpoint that others have seen binds the log, published or not.
        await _store.PutAsync(_log.Lease, AccessLogPaths.SignedCheckpoint, signed, cancellationToken);
        var (note, missing) = await _witnesses.CosignAsync(checkpoint, signed, cancellationToken);
        if (missing > 0)
        {
            _reports.NoteMissingWitnesses(missing);
            return null;
        }

        return note;
    }

    private async ValueTask TidyAsync(long size, CancellationToken cancellationToken)
    {
        await _store.TrimAsync(_log.Lease, size - size % LogPaths.TileWidth, cancellationToken);
        foreach (var path in _log.TakeOutgrown())
        {
            await _store.DeletePartialsAsync(_log.Lease, path, cancellationToken);
        }
    }
}
