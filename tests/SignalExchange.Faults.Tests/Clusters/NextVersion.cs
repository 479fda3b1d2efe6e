using System.Diagnostics;
using System.Text.RegularExpressions;
using SignalExchange.TestKit.Clusters;

namespace SignalExchange.Faults.Tests.Clusters;

/// <summary>
/// The exchange's program as its next version could be, made from this tree: what silos send each other and what they store has a
/// field more, and the new silo sets it.
/// </summary>
internal static partial class NextVersion
{
    /// <summary>What the new version puts into each state that it writes.</summary>
    public const string Mark = "written-by-the-next-version";

    private const string CopyTree = """
        mkdir "$2" && tar -C "$1" --exclude=bin --exclude=obj -c contracts silo .config .editorconfig global.json \
          Directory.Build.props Directory.Build.targets Directory.Packages.props | tar -C "$2" -x
        """;

    // One compiler for all projects, as ./test.sh has it, ended by its name.
    private const string Compile = """
        cd "$1" && dotnet build silo/SignalExchange.Silo -c Release -v quiet -nologo -nodeReuse:false \
          -p:RunAnalyzers=false -p:TreatWarningsAsErrors=false -p:UseSharedCompilation=true -p:SharedCompilationId="next-$$"
        built=$?
        pkill -f -- "-pipename:next-$$"
        exit $built
        """;

    private const string ShardWrite = "silo/SignalExchange.Grains/Shards/ShardWrite.cs";

    // What passes between silos on the way of a submission and of its change.
    private static readonly string[] Records =
    [
        "silo/SignalExchange.Grains/Indicators/SubmitCommand.cs",
        "silo/SignalExchange.Grains/Indicators/WithdrawCommand.cs",
        ShardWrite,
        "silo/SignalExchange.Grains/Shards/NewIndicator.cs",
        "silo/SignalExchange.Grains/Quotas/LeaseRequest.cs",
        "silo/SignalExchange.Grains/Members/RegistrySnapshot.cs",
        "silo/SignalExchange.Index/Propagation/CommittedRow.cs",
    ];

    private static readonly string[] Messages =
    [
        "contracts/proto/signalexchange/v1/signal.proto",
        "silo/SignalExchange.Grains/proto/signalexchange/storage/v1/indicator_state.proto",
    ];

    /// <summary>Makes it.</summary>
    /// <param name="folder">Where; it is not there yet.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The program's path.</returns>
    /// <exception cref="InvalidOperationException">It can't be made of this tree.</exception>
    public static async Task<string> BuildAsync(string folder, CancellationToken cancellationToken)
    {
        var program = SiloNode.ProgramFile();
        var tree = Path.GetFullPath("../../../../../..", program);
        await RunAsync(CopyTree, cancellationToken, tree, folder);
        foreach (var file in Records)
        {
            Change(Path.Combine(folder, file), EndOfParameters(), AddProperty);
        }

        foreach (var file in Messages)
        {
            Change(Path.Combine(folder, file), StartOfState(), AddField);
        }

        Change(Path.Combine(folder, ShardWrite), StateBytes(), _ => "Marked(state).ToByteArray()");
        Change(Path.Combine(folder, ShardWrite), MakerOfWrites(), SetFields);
        await RunAsync(Compile, cancellationToken, folder);
        return Path.Combine(folder, Path.GetRelativePath(tree, program));
    }

    private static async Task RunAsync(string script, CancellationToken cancellationToken, params string[] arguments)
    {
        var start = new ProcessStartInfo("sh", ["-c", script, "sh", .. arguments])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var shell = Process.Start(start)!;
        var output = await shell.StandardOutput.ReadToEndAsync(cancellationToken);
        await shell.WaitForExitAsync(cancellationToken);
        if (shell.ExitCode != 0)
        {
            throw new InvalidOperationException($"The next version can't be made of this tree: {output}");
        }
    }

    private static void Change(string file, Regex place, MatchEvaluator change)
    {
        var text = File.ReadAllText(file);
        var changed = place.Replace(text, change, 1);
        if (changed == text)
        {
            throw new InvalidOperationException($"{Path.GetFileName(file)} is written in another way than expected.");
        }

        File.WriteAllText(file, changed);
    }

    private static string AddProperty(Match end) =>
        $$"""
            )
            {
                [Id(900)]
                public string OfTheNextVersion { get; init; } = "{{Mark}}";
            {{(end.Value.EndsWith('{') ? "" : "}")}}
            """;

    private static string AddField(Match start) => start.Value + "\n  string of_the_next_version = 900;";

    private static string SetFields(Match start) =>
        $$"""
            private static IndicatorState Marked(IndicatorState state)
            {
                var marked = state.Clone();
                marked.OfTheNextVersion = "{{Mark}}";
                foreach (var signal in marked.Signals)
                {
                    signal.OfTheNextVersion = "{{Mark}}";
                }

                return marked;
            }

            {{start.Value}}
            """;

    [GeneratedRegex(@"\)(;|\n\{)", RegexOptions.ExplicitCapture)]
    private static partial Regex EndOfParameters();

    [GeneratedRegex(@"^message (Signal|IndicatorState) \{$", RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex StartOfState();

    [GeneratedRegex(@"state\.ToByteArray\(\)")]
    private static partial Regex StateBytes();

    [GeneratedRegex("internal static ShardWrite Of\\(")]
    private static partial Regex MakerOfWrites();
}
