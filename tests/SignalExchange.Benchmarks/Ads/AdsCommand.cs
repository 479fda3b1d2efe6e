using System.Text.Json;
using SignalExchange.Benchmarks.Ads.Generation;

namespace SignalExchange.Benchmarks.Ads;

/// <summary><c>ads</c>: evaluates sketches on a file, or makes a file for those who have none.</summary>
internal static class AdsCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <exception cref="FormatException">The command line or a file is not understood.</exception>
    public static void Run(ReadOnlySpan<string> args, TextWriter output)
    {
        var arguments = AdsArguments.Parse(args);
        if (arguments.Generate is { } count)
        {
            AdFile.Write(arguments.Out!, AdGenerator.Generate(count));
            output.WriteLine($"{arguments.Out}: {count} templates with their variants, and as many other texts.");
            return;
        }

        var rows = AdFile.Read(arguments.Data!);
        if (rows.Count == 0)
        {
            throw new FormatException("The file holds no ads.");
        }

        var evaluation = AdEvaluation.Run(rows, GrayPairs.Read(arguments.Gray), arguments.Draws ?? 0);
        evaluation.ToReport($"ads of {Path.GetFileName(arguments.Data)}, {rows.Count} texts").Print(output);
        if (arguments.Json is not null)
        {
            var folder = Path.GetDirectoryName(Path.GetFullPath(arguments.Json))!;
            Directory.CreateDirectory(folder);
            File.WriteAllText(arguments.Json, JsonSerializer.Serialize(evaluation, Indented) + "\n");
        }
    }
}
