using SignalExchange.Storage.AccessLog;
using SignalExchange.Storage.Azure.Accounts;
using SignalExchange.Storage.Azure.Errors;

namespace SignalExchange.Storage.Azure.AccessLog;

/// <summary>A log's journal: all that changes of it, as frames of append blobs, one after the other.</summary>
/// <remarks>
/// Taking the log is a frame with the next epoch. Whoever held it before finds that frame in the place of its own, so that nothing
/// follows it: neither records, nor a checkpoint, which lies in the journal too since it is replaced. Safe from any thread.
/// </remarks>
internal sealed class Journal(AzureContainer container, string log, JournalLimits limits) : IAsyncDisposable
{
    private const int MaxReadBytes = 4 * 1024 * 1024;

    private readonly JournalReader _reader = new(container, log);
    private readonly JournalTip _tip = new(container, log, limits);
    private readonly SemaphoreSlim _gate = new(1);

    private JournalView View => _tip.View;

    /// <summary>Waits for what runs.</summary>
    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync();
        _gate.Release();
    }

    /// <summary>Takes the log.</summary>
    public Task<AccessLogLease> AcquireAsync(CancellationToken cancellationToken) =>
        AloneAsync(
            async () =>
            {
                do
                {
                    await _tip.ReadOnAsync(CancellationToken.None);
                } while (!await _tip.TryAddAsync(JournalFrame.Of(View.State with { Epoch = View.State.Epoch + 1 })));

                return new AccessLogLease(log, View.State.Epoch);
            },
            cancellationToken
        );

    /// <summary>Writes what a change makes of how the log stands.</summary>
    /// <param name="lease">The right to.</param>
    /// <param name="change">Makes the frame; called again when another one took its place. Null when there is nothing to write.</param>
    /// <param name="cancellationToken">Honoured until the writing begins.</param>
    /// <exception cref="AccessLogFencedException">The lease has ended.</exception>
    public Task WriteAsync(
        AccessLogLease lease,
        Func<JournalState, JournalFrame?> change,
        CancellationToken cancellationToken
    ) =>
        AloneAsync(
            async () =>
            {
                if (View.Segment == 0)
                {
                    await _tip.ReadOnAsync(CancellationToken.None);
                }

                while (true)
                {
                    CheckHeld(lease);
                    if (change(View.State) is not { } frame)
                    {
                        // No frame that finds its place taken: look.
                        await _tip.ReadOnAsync(CancellationToken.None);
                        CheckHeld(lease);
                        return true;
                    }

                    if (await _tip.TryAddAsync(frame))
                    {
                        return true;
                    }
                }
            },
            cancellationToken
        );

    /// <summary>Throws unless the lease is the last one.</summary>
    /// <exception cref="AccessLogFencedException">It is not.</exception>
    public Task CheckHeldAsync(AccessLogLease lease, CancellationToken cancellationToken) =>
        AloneAsync(
            async () =>
            {
                await _tip.ReadOnAsync(cancellationToken);
                CheckHeld(lease);
                return true;
            },
            cancellationToken
        );

    /// <summary>Deletes the segments that hold nothing any more, oldest first.</summary>
    /// <remarks>Late or twice, it does no harm: what it deletes was trimmed, and stays so.</remarks>
    public Task SweepAsync(CancellationToken cancellationToken) =>
        AloneAsync(
            async () =>
            {
                for (var needed = View.FirstNeeded(); View.FirstSegment < needed; View.Drop(View.FirstSegment + 1))
                {
                    await DeleteAsync(View.FirstSegment);
                }

                return true;
            },
            cancellationToken
        );

    /// <summary>Reads what the tail holds.</summary>
    public Task<AccessLogExtent> ReadExtentAsync(CancellationToken cancellationToken) =>
        AloneAsync(
            async () =>
            {
                await _tip.ReadOnAsync(cancellationToken);
                return View.State.Extent;
            },
            cancellationToken
        );

    /// <summary>Reads a resource that is replaced; null when it is not there.</summary>
    public Task<ReadOnlyMemory<byte>?> ReadResourceAsync(string path, CancellationToken cancellationToken) =>
        AloneAsync<ReadOnlyMemory<byte>?>(
            async () =>
            {
                await _tip.ReadOnAsync(cancellationToken);
                return View.Resources.TryGetValue(path, out var content) ? content : default(ReadOnlyMemory<byte>?);
            },
            cancellationToken
        );

    /// <summary>Reads records, some megabytes at most.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The first index was trimmed.</exception>
    /// <exception cref="AccessLogStoredWrongException">A record is missing or damaged.</exception>
    public async Task<IReadOnlyList<AccessLogRecord>> ReadAsync(
        long first,
        int count,
        CancellationToken cancellationToken
    )
    {
        for (var isAgain = false; ; isAgain = true)
        {
            var frames = await AloneAsync(() => FindAsync(first, count, isAgain, cancellationToken), cancellationToken);
            if (frames is [])
            {
                return [];
            }

            if (await _reader.ReadAsync(frames, cancellationToken) is { } records)
            {
                return [.. records.Skip((int)(first - frames[0].First)).Take(count)];
            }

            // Trimmed meanwhile, or lost.
            if (isAgain)
            {
                throw TailRow.Missing(log, first);
            }
        }
    }

    private async Task<IReadOnlyList<JournalRecords>> FindAsync(
        long first,
        int count,
        bool isAgain,
        CancellationToken cancellationToken
    )
    {
        if (isAgain)
        {
            _tip.Forget();
        }

        await _tip.ReadOnAsync(cancellationToken);
        var extent = View.State.Extent;
        ArgumentOutOfRangeException.ThrowIfLessThan(first, extent.First);
        return first >= extent.Size ? [] : View.Find(log, first, Math.Min(extent.Size, first + count), MaxReadBytes);
    }

    private async Task<TResult> AloneAsync<TResult>(Func<Task<TResult>> act, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            await _tip.SettleAsync();
            return await act();
        }
        finally
        {
            _gate.Release();
        }
    }

    private void CheckHeld(AccessLogLease lease)
    {
        if (View.State.Epoch != lease.Epoch)
        {
            throw new AccessLogFencedException(
                $"Another writer took log '{lease.Log}' after epoch {lease.Epoch}. Only the last one may write."
            );
        }
    }

    private async Task DeleteAsync(long segment)
    {
        try
        {
            await container.DeleteAsync(LogBlobs.Segment(log, segment));
        }
        catch (AzureFailureException exception)
        {
            throw AzureErrors.Unavailable(exception.Failure, container.Account);
        }
    }
}
