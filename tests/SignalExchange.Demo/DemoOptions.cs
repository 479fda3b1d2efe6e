using System.Globalization;
using SignalExchange.Demo.Corpus;

namespace SignalExchange.Demo;

/// <summary>What the demo is told on its command line.</summary>
/// <param name="Folder">Where the exchange's data goes; emptied first, left for looking at.</param>
/// <param name="Phones">How many telephone numbers.</param>
/// <param name="Accounts">How many handles and e-mail addresses.</param>
/// <param name="Wallets">How many wallets.</param>
/// <param name="Seed">What the made-up identifiers come from.</param>
/// <param name="Running">The running exchange that is visited; null for an exchange of the demo's own.</param>
internal sealed record DemoOptions(
    string Folder,
    int Phones,
    int Accounts,
    int Wallets,
    string Seed,
    RunningExchange? Running
)
{
    /// <summary>What there is to say.</summary>
    public const string Usage =
        "demo [--folder DIR] [--scale 0.1] [--seed TEXT] [--endpoint URL [--operator MEMBER] [--operator-key FILE]]";

    private static readonly string[] Known =
    [
        "--folder",
        "--scale",
        "--seed",
        "--endpoint",
        "--operator",
        "--operator-key",
    ];

    /// <summary>Reads the command line; the scale shrinks the corpus for tests.</summary>
    /// <exception cref="FormatException">Something there is not to be said, or a file is not there.</exception>
    public static DemoOptions Parse(string[] args)
    {
        if (args.Length % 2 != 0 || args.Where((_, place) => place % 2 == 0).Except(Known).Any())
        {
            throw new FormatException($"Usage: {Usage}");
        }

        var running = RunningExchange.Parse(
            Value(args, "--endpoint"),
            Value(args, "--operator"),
            Value(args, "--operator-key")
        );
        var scale = double.Parse(Value(args, "--scale") ?? "1", CultureInfo.InvariantCulture);
        return new(
            Path.GetFullPath(Value(args, "--folder") ?? Path.Combine("data", running is null ? "demo" : "demo-visit")),
            (int)(10_000 * scale),
            (int)(5_000 * scale),
            (int)(1_000 * scale),
            Value(args, "--seed") ?? "signalexchange-demo",
            running
        );
    }

    /// <summary>Returns the corpus in words.</summary>
    public string Describe(int count) =>
        $"{count} made-up identifiers (seed \"{Seed}\"): {Phones} phones of {PhoneCorpus.Regions} regions, "
        + $"{Accounts} handles and e-mail addresses, {Wallets} wallets.";

    /// <summary>Makes the folder anew.</summary>
    public void EmptyFolder()
    {
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }

        Directory.CreateDirectory(Folder);
    }

    private static string? Value(string[] args, string name)
    {
        var place = Array.IndexOf(args, name);
        return place >= 0 ? args[place + 1] : null;
    }
}
