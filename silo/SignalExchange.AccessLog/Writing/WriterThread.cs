using System.Collections.Concurrent;

namespace SignalExchange.AccessLog.Writing;

/// <summary>A thread of the writer's own: what it awaits goes on there, and not behind the calls that wait for the thread pool.</summary>
/// <remarks>Every call waits for the writer, so it must not wait for them: on a machine whose cores are busy the pool's queue is milliseconds long.</remarks>
internal sealed class WriterThread : TaskScheduler
{
    private readonly BlockingCollection<Task> _tasks = [];

    /// <summary>Gets 1: it is one thread.</summary>
    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Runs a loop on a new thread until it ends.</summary>
    public static Task Run(Func<Task> loop)
    {
        var scheduler = new WriterThread();
        new Thread(scheduler.Work) { IsBackground = true, Name = "access log writer" }.Start();
        var running = Task.Factory.StartNew(loop, CancellationToken.None, TaskCreationOptions.None, scheduler).Unwrap();
        _ = running.ContinueWith(
            _ => scheduler._tasks.CompleteAdding(),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            Default
        );
        return running;
    }

    /// <inheritdoc/>
    protected override void QueueTask(Task task) => _tasks.Add(task);

    /// <inheritdoc/>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    /// <inheritdoc/>
    protected override IEnumerable<Task> GetScheduledTasks() => _tasks.ToArray();

    private void Work()
    {
        foreach (var task in _tasks.GetConsumingEnumerable())
        {
            TryExecuteTask(task);
        }
    }
}
