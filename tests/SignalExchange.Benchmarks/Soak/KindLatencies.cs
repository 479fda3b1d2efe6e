using SignalExchange.Benchmarks.Load;

namespace SignalExchange.Benchmarks.Soak;

/// <summary>The latencies of one kind of calls: since the last time that somebody asked, and in all. Safe from any thread.</summary>
internal sealed class KindLatencies(MixedKind kind)
{
    private readonly Latencies _whole = new();
    private Latencies _interval = new();

    /// <summary>Notes an answer.</summary>
    public void Note(TimeSpan took)
    {
        _whole.Note(took);
        Volatile.Read(ref _interval).Note(took);
    }

    /// <summary>Returns those since this was last called.</summary>
    /// <remarks>An answer that is being noted just then may be missed.</remarks>
    public MixedKindResult TakeInterval() => Describe(Interlocked.Exchange(ref _interval, new()));

    /// <summary>Returns all.</summary>
    public MixedKindResult Whole() => Describe(_whole);

    private MixedKindResult Describe(Latencies it) =>
        new(kind, it.Count, it.At(50), it.At(99), it.At(99.9), it.At(100));
}
