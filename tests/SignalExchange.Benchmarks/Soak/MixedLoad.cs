using System.Diagnostics;
using SignalExchange.Benchmarks.Ads.Serving;

namespace SignalExchange.Benchmarks.Soak;

/// <summary>Calls that begin at a fixed rate, whether those before were answered or not, and are timed from when they were due.</summary>
/// <remarks>So a server that stands still for a second delays as many calls as it would have delayed, and the figures say so.</remarks>
internal sealed class MixedLoad : IDisposable
{
    private const int MaxUnderWay = 4_096;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(5);

    // Odd steps through a hundred spread each kind over all of it.
    private const int Stride = 37;

    private readonly MixedCalls _calls;
    private readonly MixedKind[] _hundred;
    private readonly double _perSecond;
    private readonly KindLatencies[] _latencies = Array.ConvertAll(
        Enum.GetValues<MixedKind>(),
        kind => new KindLatencies(kind)
    );
    private int _underWay;
    private long _failed;
    private long _skipped;

    /// <param name="settings">The load.</param>
    /// <param name="member">Who makes the calls about ads.</param>
    public MixedLoad(MixedLoadSettings settings, AdMember member)
    {
        (_calls, _perSecond) = (new(settings, member), settings.CallsPerSecond);
        _hundred = [.. settings.Shares.SelectMany(share => Enumerable.Repeat(share.Kind, share.Percent))];
    }

    /// <summary>Calls until it is told to stop.</summary>
    public async Task Run(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Tick);
        var begun = Stopwatch.GetTimestamp();
        var number = 0L;
        while (await WaitForTick(timer, cancellationToken))
        {
            for (var due = (long)(Stopwatch.GetElapsedTime(begun).TotalSeconds * _perSecond); number < due; number++)
            {
                Begin(number, begun + (long)(number / _perSecond * Stopwatch.Frequency));
            }
        }
    }

    /// <summary>Returns what there was since this was last called.</summary>
    public MixedInterval TakeInterval() =>
        new(
            Interlocked.Read(ref _failed),
            Interlocked.Read(ref _skipped),
            Array.ConvertAll(_latencies, it => it.TakeInterval())
        );

    /// <summary>Returns what there was in all.</summary>
    public MixedInterval Whole() =>
        new(
            Interlocked.Read(ref _failed),
            Interlocked.Read(ref _skipped),
            Array.ConvertAll(_latencies, it => it.Whole())
        );

    /// <inheritdoc/>
    public void Dispose() => _calls.Dispose();

    private void Begin(long number, long due)
    {
        if (Interlocked.Increment(ref _underWay) > MaxUnderWay)
        {
            Interlocked.Decrement(ref _underWay);
            Interlocked.Increment(ref _skipped);
            return;
        }

        var kind = _hundred[number * Stride % _hundred.Length];
        _ = Task.Run(() => Make(kind, due));
    }

    private async Task Make(MixedKind kind, long due)
    {
        try
        {
            var isRight = await _calls.Make(kind);
            _latencies[(int)kind].Note(Stopwatch.GetElapsedTime(due));
            Interlocked.Add(ref _failed, isRight ? 0 : 1);
        }
        catch (Exception)
        {
            Interlocked.Increment(ref _failed); // Whatever it was, it is no answer.
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    private static async Task<bool> WaitForTick(PeriodicTimer timer, CancellationToken cancellationToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
