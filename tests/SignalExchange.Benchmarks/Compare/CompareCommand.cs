using System.Globalization;
using SignalExchange.Benchmarks.Harness;

namespace SignalExchange.Benchmarks.Compare;

/// <summary>Holds the exchange against what a platform would use instead, everything started here, side by side in one run.</summary>
internal static class CompareCommand
{
    /// <summary>Runs it.</summary>
    /// <param name="args">What stands behind "compare".</param>
    /// <param name="output">Where the table goes.</param>
    /// <returns>The exit code: 1 if a part could not be run, whatever the ratios are.</returns>
    /// <exception cref="FormatException">What was asked for is not understood, or its file cannot be written; nothing was started.</exception>
    public static async Task<int> Run(string[] args, TextWriter output)
    {
        var arguments = CompareArguments.Parse(args);
        ReportFile.RequireWritable(arguments.JsonFile);
        var begun = TimeProvider.System.GetTimestamp();
        await Prerequisites.Install();
        var scale = arguments.IsQuick ? CompareScale.Quick : CompareScale.Full;
        var (rows, failed) = await CompareParts.Run(
            scale,
            arguments.Only,
            rows => CompareReport.Of(rows).Save(arguments.JsonFile)
        );
        CompareReport.Of(rows).Print(output);
        if (failed.Count > 0)
        {
            await output.WriteLineAsync($"\nNot run to the end: {string.Join(", ", failed)}.");
        }

        var took = TimeProvider.System.GetElapsedTime(begun);
        await output.WriteLineAsync(
            string.Create(CultureInfo.InvariantCulture, $"\nAll of it took {took.TotalMinutes:0.0} minutes.")
        );
        return failed.Count == 0 ? 0 : 1;
    }
}
