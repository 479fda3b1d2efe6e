using System.ComponentModel;
using System.Diagnostics;
using SignalExchange.Benchmarks.Harness;

namespace SignalExchange.Benchmarks.Compare;

/// <summary>What a comparison found.</summary>
/// <param name="Machine">On what.</param>
/// <param name="Commit">Of which commit; "unknown" outside a repository, or without git.</param>
/// <param name="Rows">The rows.</param>
internal sealed record CompareReport(Machine Machine, string Commit, IReadOnlyList<ComparedRow> Rows)
{
    private const string Unknown = "unknown";

    /// <summary>Makes a report, here and now.</summary>
    public static CompareReport Of(IReadOnlyList<ComparedRow> rows) => new(Machine.Describe(), FindCommit(), rows);

    /// <summary>Writes it as a table in Markdown: medians, with least and most of the rounds.</summary>
    public void Print(TextWriter output)
    {
        output.WriteLine(Machine);
        output.WriteLine($"Commit {Commit}. Medians of rounds in turns [least to most].");
        output.WriteLine();
        output.WriteLine("| row: peer | ours | peer | unit | ratio | spread | target | holds |");
        output.WriteLine("| --- | ---: | ---: | --- | ---: | ---: | --- | --- |");
        foreach (var row in Rows)
        {
            output.WriteLine(row);
        }
    }

    /// <summary>Writes it to a file, for machines; to none when there is no name. Rows without a target neither hold nor fail, and are not in it.</summary>
    public void Save(string? file) =>
        ReportFile.Write(
            file,
            new
            {
                Machine,
                Commit,
                Rows = Rows.Where(row => row.Target is not null)
                    .Select(row => new
                    {
                        Row = row.Name,
                        Ours = row.Ours.Median,
                        Peer = row.Peer.Median,
                        row.Unit,
                        Ratio = row.Ratio.Median,
                        row.Spread,
                        Target = row.Target?.ToString(),
                        row.Holds,
                    }),
            }
        );

    private static string FindCommit()
    {
        try
        {
            return AskGit();
        }
        catch (Win32Exception)
        {
            return Unknown; // It is not installed.
        }
    }

    private static string AskGit()
    {
        using var git = Process.Start(
            new ProcessStartInfo("git", ["-C", AppContext.BaseDirectory, "describe", "--always", "--dirty"])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var commit = git.StandardOutput.ReadToEnd().Trim();
        git.WaitForExit();
        return git.ExitCode == 0 ? commit : Unknown;
    }
}
