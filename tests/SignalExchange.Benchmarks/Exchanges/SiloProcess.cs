using System.Diagnostics;
using Grpc.Health.V1;
using Grpc.Net.Client;

namespace SignalExchange.Benchmarks.Exchanges;

/// <summary>The program that operators run, as they run it.</summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Process _process;

    private SiloProcess(Process process) => _process = process;

    /// <summary>Gets its id.</summary>
    public int Id => _process.Id;

    /// <summary>Gets the processor time that it has used, all threads.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts it, and waits until it is ready.</summary>
    /// <param name="folder">Its data folder.</param>
    /// <param name="address">Where it is to listen.</param>
    /// <param name="settings">Further settings, as on the command line.</param>
    public static async Task<SiloProcess> Start(string folder, Uri address, params IEnumerable<string> settings)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "SignalExchange.Silo.dll");
        string[] args = [program, .. ExchangeServer.ArgumentsFor(folder, address), .. settings];
        var start = new ProcessStartInfo("dotnet", args)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            // Its content root, or it would take our settings for its own.
            WorkingDirectory = AppContext.BaseDirectory,
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        var silo = new SiloProcess(process);
        try
        {
            await silo.UntilReady(address);
            return silo;
        }
        catch
        {
            await silo.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private async Task UntilReady(Uri address)
    {
        using var channel = GrpcChannel.ForAddress(address);
        var health = new Health.HealthClient(channel);
        for (var begun = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begun) < Patience; )
        {
            try
            {
                var answer = await health.CheckAsync(new HealthCheckRequest());
                if (answer.Status == HealthCheckResponse.Types.ServingStatus.Serving)
                {
                    return;
                }
            }
            catch (Grpc.Core.RpcException) when (!_process.HasExited)
            {
                // It does not listen yet.
            }

            await Task.Delay(100);
        }

        throw new InvalidOperationException("The silo did not become ready.");
    }
}
