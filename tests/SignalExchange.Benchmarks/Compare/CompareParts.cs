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
    /// <param name="progress">Told of each part as it ends, and of its rows; a part that fails loses only itself.</param>
    public static async Task<IReadOnlyList<ComparedRow>> Run(
        CompareScale scale,
        IReadOnlyList<string> only,
        Action<string> progress
    )
    {
        var rows = new List<ComparedRow>();
        foreach (var (name, run) in All.Where(part => only.Count == 0 || only.Contains(part.Name)))
        {
            var (begun, done) = (TimeProvider.System.GetTimestamp(), rows.Count);
            try
            {
                await using var stage = new CompareStage(scale);
                rows.AddRange(await run(stage));
            }
            catch (InvalidOperationException failure)
            {
                progress($"{name}: {failure.Message}");
            }

            var seconds = TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
            progress(string.Create(CultureInfo.InvariantCulture, $"{name}: {seconds:0} s"));
            foreach (var row in rows.Skip(done))
            {
                progress(row.ToString());
            }
        }

        return rows;
    }
}
