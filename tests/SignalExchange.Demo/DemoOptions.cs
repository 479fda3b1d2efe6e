using System.Globalization;

namespace SignalExchange.Demo;

/// <summary>What the demo is told on its command line.</summary>
/// <param name="Folder">Where the exchange's data goes; emptied first, left for looking at.</param>
/// <param name="Phones">How many telephone numbers.</param>
/// <param name="Accounts">How many handles and e-mail addresses.</param>
/// <param name="Wallets">How many wallets.</param>
/// <param name="Seed">What the made-up identifiers come from.</param>
internal sealed record DemoOptions(string Folder, int Phones, int Accounts, int Wallets, string Seed)
{
    /// <summary>Reads <c>--folder DIR --scale 0.1 --seed TEXT</c>; the scale shrinks the corpus for tests.</summary>
    public static DemoOptions Parse(string[] args)
    {
        var scale = double.Parse(Value(args, "--scale") ?? "1", CultureInfo.InvariantCulture);
        return new(
            Path.GetFullPath(Value(args, "--folder") ?? Path.Combine("data", "demo")),
            (int)(10_000 * scale),
            (int)(5_000 * scale),
            (int)(1_000 * scale),
            Value(args, "--seed") ?? "signalexchange-demo"
        );
    }

    private static string? Value(string[] args, string name)
    {
        var place = Array.IndexOf(args, name);
        return place >= 0 && place + 1 < args.Length ? args[place + 1] : null;
    }
}
