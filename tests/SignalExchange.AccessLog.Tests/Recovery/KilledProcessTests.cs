using System.Diagnostics;
using System.Globalization;
using SignalExchange.AccessLog.Reading;

namespace SignalExchange.AccessLog.Tests.Recovery;

/// <summary>A process is killed (SIGKILL) while it writes and publishes.</summary>
public sealed class KilledProcessTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_acknowledged_entry_is_in_its_place_after_each_kill()
    {
        var acknowledged = new Dictionary<long, uint>();
        var unpublished = new List<long>();
        foreach (var lines in new[] { 30, 3000, 12_000 })
        {
            await AppendAndKillAsync(lines, acknowledged);
            unpublished.Add(acknowledged.Keys.Max() + 1 - await PublishedAsync());
            await using var log = await LogUnderTest.StartAsync(_folder.Path);
            var entries = await log.ReadAllAsync();

            Assert.All(entries, entry => Assert.Equal(DetailState.Open, entry.State));
            Assert.All(acknowledged, it => Assert.Equal(it.Value, entries[(int)it.Key].Detail!.Asked));
            await log.WaitPublishedAsync(entries.Count);
            IndependentVerifier.Verify(_folder.In(LogUnderTest.Name), log.Host.VerifierKey);
        }

        // That a kill fell between an entry and its checkpoint is what this is about.
        Assert.Contains(unpublished, it => it > 0);
    }

    // The second line of a checkpoint is its size (C2SP tlog-checkpoint).
    private async Task<long> PublishedAsync()
    {
        var checkpoint = _folder.In(LogUnderTest.Name, "checkpoint");
        return File.Exists(checkpoint)
            ? long.Parse((await File.ReadAllLinesAsync(checkpoint, Cancellation))[1], CultureInfo.InvariantCulture)
            : 0;
    }

    private async Task AppendAndKillAsync(int lines, Dictionary<long, uint> acknowledged)
    {
        var program = Path.Combine(AppContext.BaseDirectory, typeof(Program).Assembly.GetName().Name!);
        var start = new ProcessStartInfo(
            OperatingSystem.IsWindows() ? program + ".exe" : program,
            [AppendUntilKilled.Role, _folder.Path]
        )
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var count = 0;
        while (await process.StandardOutput.ReadLineAsync(Cancellation) is { } line)
        {
            if (line.Split(' ') is [var number, var index, "."])
            {
                acknowledged.Add(
                    long.Parse(index, CultureInfo.InvariantCulture),
                    uint.Parse(number, CultureInfo.InvariantCulture)
                );
            }

            if (++count == lines)
            {
                process.Kill();
            }
        }

        await process.WaitForExitAsync(Cancellation);
        Assert.True(count >= lines, $"The process ended by itself after {count} entries.");
    }
}
