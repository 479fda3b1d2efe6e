using System.Diagnostics;
using SignalExchange.Demo;

namespace SignalExchange.Cluster.Tests;

/// <summary>A server that would be reached without TLS does not start, and says in one line why.</summary>
public sealed class RefusedStartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("signalexchange-refused-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Listen")]
    [InlineData("ListenConsole")]
    [InlineData("ListenTiles")]
    [InlineData("ListenMetrics")]
    public async Task Plain_http_beyond_loopback_stops_the_process_before_it_makes_anything(string setting)
    {
        var data = Path.Combine(_folder, "data");

        var (exitCode, error) = await Run(
            "--Exchange:DataDirectory",
            data,
            $"--Exchange:{setting}",
            "http://0.0.0.0:7499"
        );

        Assert.Equal(3, exitCode);
        var line = Assert.Single(
            error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        );
        Assert.Contains($"Exchange:{setting} is 'http://0.0.0.0:7499/'; without TLS", line, StringComparison.Ordinal);
        Assert.False(Directory.Exists(data));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<(int ExitCode, string Error)> Run(params string[] settings)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var arg in (string[])[ExchangeProcess.ServerFile(), .. settings])
        {
            start.ArgumentList.Add(arg);
        }

        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(Ct), process.StandardError.ReadToEndAsync(Ct));
        await process.WaitForExitAsync(Ct);
        await output;
        return (process.ExitCode, await error);
    }
}
