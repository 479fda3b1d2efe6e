using System.Collections.Concurrent;

namespace SignalExchange.Faults.Tests.Histories;

/// <summary>Takes down calls as they end. Safe from any thread.</summary>
internal sealed class HistoryRecorder
{
    private readonly long _began = TimeProvider.System.GetTimestamp();
    private readonly ConcurrentQueue<Write> _writes = new();
    private readonly ConcurrentQueue<Read> _reads = new();
    private int _failedReads;

    public IReadOnlyCollection<Write> Writes => _writes;

    public IReadOnlyCollection<Read> Reads => _reads;

    /// <summary>Gets how many reads got no answer.</summary>
    public int FailedReads => _failedReads;

    /// <summary>Gets the time since the recording began.</summary>
    public TimeSpan Now => TimeProvider.System.GetElapsedTime(_began);

    public void Add(Write write) => _writes.Enqueue(write);

    public void Add(Read read) => _reads.Enqueue(read);

    public void AddFailedRead() => Interlocked.Increment(ref _failedReads);
}
