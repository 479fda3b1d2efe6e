using SignalExchange.Benchmarks.Processes;
using SignalExchange.Benchmarks.Soak;
using SignalExchange.TestKit.Clusters;

namespace SignalExchange.Benchmarks.Simulation;

/// <summary>Those who call silos at a fixed rate: a process for each silo.</summary>
internal sealed class ModelCallers : IAsyncDisposable
{
    private readonly ChildProcess[] _callers;
    private MixedInterval[] _before = [];

    private ModelCallers(ChildProcess[] callers) => _callers = callers;

    /// <summary>Starts them.</summary>
    public static async Task<ModelCallers> Start(
        IEnumerable<SiloNode> silos,
        string keyId,
        string keyFile,
        double callsPerSecond,
        IReadOnlyList<MixedShare> shares
    )
    {
        var callers = new ModelCallers([
            .. silos.Select(silo =>
                ChildProcess.Start(
                    ChildRoles.MixedLoad,
                    new MixedLoadSettings(silo.Address, keyFile, keyId, Known: 0, callsPerSecond, shares),
                    isServer: false
                )
            ),
        ]);
        try
        {
            await Task.WhenAll(callers._callers.Select(it => it.Read<string>()));
            return callers;
        }
        catch
        {
            await callers.DisposeAsync();
            throw;
        }
    }

    /// <summary>Begins an interval: what was called before it does not count.</summary>
    public async Task BeginInterval() => _before = await TakeAll();

    /// <summary>Ends the interval, and returns what was answered in it.</summary>
    /// <exception cref="InvalidOperationException">Calls failed or were skipped: what the silos used was for other calls than were asked for.</exception>
    public async Task<IReadOnlyList<MixedKindResult>> EndInterval()
    {
        var now = await TakeAll();
        RequireNoneLost(now);
        return [.. now.SelectMany(it => it.Kinds)];
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var caller in _callers)
        {
            await caller.DisposeAsync();
        }
    }

    // Those that failed and were skipped count from the beginning.
    private void RequireNoneLost(MixedInterval[] now)
    {
        var failed = now.Sum(it => it.Failed) - _before.Sum(it => it.Failed);
        var skipped = now.Sum(it => it.Skipped) - _before.Sum(it => it.Skipped);
        if (failed > 0 || skipped > 0)
        {
            throw new InvalidOperationException(
                $"While the model was checked {failed} calls failed and {skipped} were skipped; its prediction is of calls that are answered."
            );
        }
    }

    private Task<MixedInterval[]> TakeAll() =>
        Task.WhenAll(_callers.Select(it => it.Ask<MixedInterval>(MixedQuestion.Interval)));
}
