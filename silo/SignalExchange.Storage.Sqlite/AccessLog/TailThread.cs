using System.Collections.Concurrent;

namespace SignalExchange.Storage.Sqlite.AccessLog;

/// <summary>Runs the tails' writes one after the other on a thread of its own.</summary>
/// <remarks>SQLite keeps its thread while it waits for the disk, and the pool that the calls run on has few.</remarks>
internal sealed class TailThread : IAsyncDisposable
{
    private readonly BlockingCollection<Action> _work = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Starts the thread.</summary>
    public TailThread() => new Thread(Run) { IsBackground = true, Name = "SignalExchange.AccessLog tail" }.Start();

    /// <summary>Runs something after what was asked for before.</summary>
    /// <param name="work">What to run.</param>
    /// <param name="cancellationToken">Honoured until it begins.</param>
    /// <exception cref="ObjectDisposedException">The storage is closed.</exception>
    public Task<TResult> RunAsync<TResult>(Func<TResult> work, CancellationToken cancellationToken)
    {
        // The continuations must not run on this thread.
        var completion = new TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            _work.Add(() => Run(work, completion, cancellationToken), CancellationToken.None);
        }
        catch (InvalidOperationException exception)
        {
            throw new ObjectDisposedException("The storage of access logs is closed.", exception);
        }

        return completion.Task;
    }

    /// <summary>Takes no more work, runs what waits, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _work.CompleteAdding();
        await _ended.Task;
    }

    private static void Run<TResult>(
        Func<TResult> work,
        TaskCompletionSource<TResult> completion,
        CancellationToken cancellationToken
    )
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            completion.SetResult(work());
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            completion.SetCanceled(cancellationToken);
        }
        catch (Exception exception)
        {
            completion.SetException(exception);
        }
    }

    private void Run()
    {
        foreach (var work in _work.GetConsumingEnumerable())
        {
            work();
        }

        _ended.SetResult();
    }
}
