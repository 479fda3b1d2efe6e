using System.Globalization;
using SignalExchange.Benchmarks.Compare.Rows;

namespace SignalExchange.Benchmarks.Compare;

/// <summary>The parts of a comparison, each with its own processes; one runs at a time.</summary>
internal static class CompareParts
{
    private static readonly (string Name, Func<CompareStage, Task<IReadOnlyList<ComparedRow>>> Run)[] All =
    [
        ("unary", UnaryRows.Run),
        ("batch", BatchRows.Run),
        ("submit-sqlite", SubmitRows.RunSqlite),
        ("submit-postgres", SubmitRows.RunPostgres),
        ("submit-azure", SubmitRows.RunAzure),
        ("growth", GrowthRows.Run),
        ("memory", MemoryRows.Run),
        ("log", RowsInOneProcess.Log),
        ("evaluation", RowsInOneProcess.Evaluation),
        ("blind", BlindFinaliseRows.Run),
        ("index", RowsInOneProcess.Index),
        ("cold-start", RowsInOneProcess.ColdStart),
    ];

    /// <summary>Gets their names, in the order in which they run.</summary>
    public static IEnumerable<string> Names => All.Select(part => part.Name);

    /// <summary>Runs parts.</summary>
    /// <param name="scale">How much.</param>
    /// <param name="only">Which, by name; empty for all.</param>
    /// <param name="onEnd">Told after each part of all rows so far: whoever breaks off has those.</param>
    /// <returns>The rows, and the parts that failed: one that does loses only itself.</returns>
    public static async Task<(IReadOnlyList<ComparedRow> Rows, IReadOnlyList<string> Failed)> Run(
        CompareScale scale,
        IReadOnlyList<string> only,
        Action<IReadOnlyList<ComparedRow>> onEnd
    )
    {
        var (rows, failed) = (new List<ComparedRow>(), new List<string>());
        foreach (var (name, run) in All.Where(part => only.Count == 0 || only.Contains(part.Name)))
        {
            var (begun, done) = (TimeProvider.System.GetTimestamp(), rows.Count);
            try
            {
                await using var stage = new CompareStage(scale);
                rows.AddRange(await run(stage));
            }
            // Whatever a peer, a driver or a disk came up with.
            catch (Exception failure)
            {
                failed.Add(name);
                await Console.Error.WriteLineAsync($"{name}: {failure.Message}");
            }

            Tell(name, TimeProvider.System.GetElapsedTime(begun), rows.Skip(done));
            onEnd(rows);
        }

        return (rows, failed);
    }

    private static void Tell(string name, TimeSpan took, IEnumerable<ComparedRow> rows)
    {
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {took.TotalSeconds:0} s"));
        foreach (var row in rows)
        {
            Console.Error.WriteLine(row);
        }
    }
}
