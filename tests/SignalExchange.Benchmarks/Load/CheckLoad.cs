using System.Diagnostics;
using Grpc.Net.Client;
using SignalExchange.Benchmarks.Exchanges;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Benchmarks.Load;

/// <summary>Callers that check, each waiting for its answer before it asks again; connections shared by at most 32 of them.</summary>
internal sealed class CheckLoad : ILoad
{
    private const int CallersOnConnection = 32;

    private readonly LoadSettings _settings;
    private readonly TokenPool _pool;
    private readonly GrpcChannel[] _channels;

    public CheckLoad(LoadSettings settings)
    {
        _settings = settings;
        _pool = new(settings.Tokens, settings.Batch);
        var connections = (settings.Callers + CallersOnConnection - 1) / CallersOnConnection;
        _channels = [.. Enumerable.Range(0, connections).Select(_ => Open(settings))];
    }

    /// <inheritdoc/>
    public async Task<LoadResult> Run(LoadOrder order)
    {
        var latencies = new Latencies();
        var begun = Stopwatch.GetTimestamp();
        var end = begun + (long)(order.Seconds * Stopwatch.Frequency);
        await Task.WhenAll(Enumerable.Range(0, _settings.Callers).Select(caller => Task.Run(() => Call(caller))));
        return latencies.ToResult(Stopwatch.GetElapsedTime(begun).TotalSeconds);

        async Task Call(int caller)
        {
            var signals = new SignalService.SignalServiceClient(_channels[caller / CallersOnConnection]);
            while (Stopwatch.GetTimestamp() < end)
            {
                var started = Stopwatch.GetTimestamp();
                await Check(signals);
                latencies.Note(started);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(_channels, channel => channel.Dispose());

    private async Task Check(SignalService.SignalServiceClient signals)
    {
        var request =
            _settings.Batch == 0
                ? new CheckRequest()
                : new CheckRequest
                {
                    KeyId = _settings.KeyId,
                    Purpose = CheckPurpose.Registration,
                    Tokens = _pool.Next(),
                };
        var answer = await signals.CheckAsync(request);
        if (answer.Hits.Count != _pool.HitsExpected)
        {
            throw new InvalidOperationException($"{answer.Hits.Count} hits, not {_pool.HitsExpected}.");
        }
    }

    private static GrpcChannel Open(LoadSettings settings) =>
        settings.KeyFile is { } file
            ? BenchMember.Open(settings.Server, file)
            : GrpcChannel.ForAddress(settings.Server);
}
