using System.Diagnostics;
using System.Globalization;
using SignalExchange.Benchmarks.Compare;
using SignalExchange.Benchmarks.Exchanges;
using SignalExchange.Benchmarks.Harness;
using SignalExchange.Benchmarks.Processes;

namespace SignalExchange.Benchmarks.Soak;

/// <summary>Everything that members do, mixed, at a fixed rate, for as long as one likes: do latency and memory stay what they were?</summary>
/// <remarks>An exchange and its callers, a process each. The parent asks both how they do, sixty times in all.</remarks>
internal static class SoakCommand
{
    private const int Known = 20_000;
    private const int Samples = 60;
    private const double MinutesOfDay = 24 * 60;

    private static readonly MixedShare[] Shares =
    [
        new(MixedKind.CheckOne, 67),
        new(MixedKind.CheckBatch, 12),
        new(MixedKind.CheckStream, 2),
        new(MixedKind.Get, 6),
        new(MixedKind.Submit, 3),
        new(MixedKind.SubmitStream, 1),
        new(MixedKind.Withdraw, 3),
        new(MixedKind.Evaluate, 2),
        new(MixedKind.MatchAd, 3),
        new(MixedKind.RegisterAd, 1),
    ];

    /// <summary>Runs it.</summary>
    /// <param name="args">What stands behind "soak".</param>
    /// <param name="output">Where the report goes.</param>
    /// <returns>0 when memory stayed what it was and every call was answered as it should be; 1 when not.</returns>
    /// <exception cref="FormatException">What was asked for is not understood, or its file cannot be written; nothing was started.</exception>
    public static async Task<int> Run(string[] args, TextWriter output)
    {
        var arguments = SoakArguments.Parse(args);
        RequireEvaluations(arguments);
        ReportFile.RequireWritable(arguments.JsonFile);
        await using var stage = new CompareStage(CompareScale.Quick);
        var exchange = await stage.StartExchange(Known);
        var settings = new MixedLoadSettings(
            exchange.Address,
            stage.KeyFile,
            stage.KeyId,
            Known,
            arguments.CallsPerSecond,
            Shares
        );
        var callers = stage.Start(ChildRoles.MixedLoad, settings, isServer: false);
        await callers.Read<string>();
        var report = await Watch(arguments, exchange, callers);
        report.Print(output);
        report.Save(arguments.JsonFile);
        return report is { Memory.IsFlat: true, Calls: { Failed: 0, Skipped: 0 } } ? 0 : 1;
    }

    // The load is one member's, and its evaluations of a day are the one quota that can't be set as wide as one likes.
    private static void RequireEvaluations(SoakArguments arguments)
    {
        var share = Shares.Single(it => it.Kind == MixedKind.Evaluate).Percent / 100.0;
        var aMinute = arguments.CallsPerSecond * 60 * share * MixedCalls.Evaluations;
        var most = ExchangeRole.EvaluationsPerDay / aMinute;
        if (Math.Min(arguments.Minutes, MinutesOfDay) > most)
        {
            throw new FormatException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"At {arguments.CallsPerSecond:0.#} calls a second a member's evaluations of a day last {Math.Floor(most):0} minutes: take fewer minutes, or fewer calls a second."
                )
            );
        }
    }

    private static async Task<SoakReport> Watch(SoakArguments arguments, StagedServer exchange, ChildProcess callers)
    {
        var interval = TimeSpan.FromMinutes(arguments.Minutes / Samples);
        var begun = Stopwatch.GetTimestamp();
        var samples = new List<SoakSample>();
        for (var number = 1; number <= Samples; number++)
        {
            var rest = (interval * number) - Stopwatch.GetElapsedTime(begun);
            await Task.Delay(rest > TimeSpan.Zero ? rest : TimeSpan.Zero);
            var calls = await callers.Ask<MixedInterval>(MixedQuestion.Interval);
            samples.Add(new(Stopwatch.GetElapsedTime(begun).TotalMinutes, calls, await exchange.Facts()));
            await Console.Error.WriteLineAsync(samples[^1].ToString());
        }

        var all = await callers.Ask<MixedInterval>(MixedQuestion.Whole);
        return SoakReport.Of(arguments, samples, all);
    }
}
