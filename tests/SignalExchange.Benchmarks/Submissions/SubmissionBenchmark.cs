using SignalExchange.Benchmarks.Harness;

namespace SignalExchange.Benchmarks.Submissions;

/// <summary>How many submissions a second are acknowledged, each durable, beside a bare loop that commits as many rows.</summary>
/// <remarks>
/// Each side is followed by a bare loop that writes as many indicator rows and log rows in transactions of the size that
/// the exchange's own had just now. The bare loop knows no token, no fence, no grain and no caller. Writers wait for each acknowledgement before the next
/// submission; the exchange, its callers and the cryptography of both share this machine's cores.
/// </remarks>
internal static class SubmissionBenchmark
{
    private const int Writers = 64;
    private const int Rounds = 5;

    /// <summary>Runs it.</summary>
    /// <param name="engine">What keeps the exchange's data: sqlite, postgres or azure.</param>
    /// <param name="count">Submissions a round and side.</param>
    public static async Task<Report> Run(string engine, int count)
    {
        var folder = Directory.CreateTempSubdirectory("signalexchange-bench-").FullName;
        try
        {
            await using var storage = await MeasuredEngine.Start(engine, folder);
            await using var exchange = await MeasuredExchange.Start(Path.Combine(folder, "data"), storage.Settings);
            Side[] sides =
            [
                new("signal by signal, past gRPC", count, exchange.SubmitToGrain),
                new("calls with 1 signal", count / 10, () => exchange.SubmitByCall(1)),
                new("calls with 100 signals", count, () => exchange.SubmitByCall(100), 100),
            ];
            for (var round = 0; round <= Rounds; round++)
            {
                foreach (var side in sides)
                {
                    await side.Run(Writers, () => exchange.Transactions, storage.Commit, isWarmUp: round == 0);
                }
            }

            return Report.Of(
                $"acknowledged submissions on {engine}, {Writers} writers",
                [.. sides.SelectMany(side => side.Measurements)]
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
