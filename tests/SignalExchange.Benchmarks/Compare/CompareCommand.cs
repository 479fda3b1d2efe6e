namespace SignalExchange.Benchmarks.Compare;

/// <summary>Holds the exchange against what a platform would use instead, everything started here, side by side in one run.</summary>
internal static class CompareCommand
{
    /// <summary>Runs it.</summary>
    /// <param name="args">What stands behind "compare".</param>
    /// <param name="output">Where the table goes.</param>
    public static async Task Run(string[] args, TextWriter output)
    {
        var arguments = CompareArguments.Parse(args);
        await Prerequisites.Install();
        var scale = arguments.IsQuick ? CompareScale.Quick : CompareScale.Full;
        var rows = await CompareParts.Run(scale, arguments.Only, Console.Error.WriteLine);
        var report = CompareReport.Of(rows);
        report.Print(output);
        report.Save(arguments.JsonFile);
    }
}
