using SignalExchange.Benchmarks.Processes;
using SignalExchange.Benchmarks.Soak;
using SignalExchange.TestKit.Clusters;

namespace SignalExchange.Benchmarks.Simulation;

/// <summary>Those who call silos at a fixed rate: a process for each silo.</summary>
internal sealed class ModelCallers : IAsyncDisposable
{
    private readonly ChildProcess[] _callers;

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

    /// <summary>Returns what was answered since this was last called.</summary>
    public async Task<IReadOnlyList<MixedKindResult>> TakeInterval() =>
        [
            .. (await Task.WhenAll(_callers.Select(it => it.Ask<MixedInterval>(MixedQuestion.Interval)))).SelectMany(
                it => it.Kinds
            ),
        ];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var caller in _callers)
        {
            await caller.DisposeAsync();
        }
    }
}
