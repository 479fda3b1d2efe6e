using System.Globalization;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Demo.Corpus;

/// <summary>Handles and e-mail addresses, each as people and software write them.</summary>
internal static class AccountCorpus
{
    private static readonly string[] Names =
    [
        "marlow",
        "quentin",
        "ysolde",
        "branwen",
        "tiberius",
        "ophelia",
        "casimir",
        "lysander",
    ];
    private static readonly string[] Trades =
    [
        "lantern",
        "harbour",
        "willow",
        "granite",
        "meadow",
        "copper",
        "saffron",
        "juniper",
    ];
    private static readonly string[] Platforms = ["photo.example", "chat.example", "market.example"];
    private static readonly string[] Domains = ["mail.example", "post.example.org", "b\u00fccher.example"];

    public static IEnumerable<Specimen> Make(int count, SeededBytes random)
    {
        for (var number = 0; number < count; number++)
        {
            yield return (number % 3) switch
            {
                0 => Handle(NameOf(number, random), random.Pick(Platforms)),
                1 => Gmail(NameOf(number, random)),
                _ => Email(NameOf(number, random), random.Pick(Domains)),
            };
        }
    }

    // The running number makes each one different; the words make it look like somebody's.
    private static string NameOf(int number, SeededBytes random) =>
        string.Create(CultureInfo.InvariantCulture, $"{random.Pick(Names)}.{random.Pick(Trades)}{number:d5}");

    private static Specimen Handle(string name, string platform) =>
        new(
            IndicatorType.AccountHandle,
            platform,
            null,
            [
                name,
                "@" + name,
                name.ToUpperInvariant(),
                FullWidth(name),
                name.Replace('a', '\u0430').Replace('o', '\u043e'),
            ]
        );

    private static Specimen Email(string name, string domain) =>
        new(
            IndicatorType.Email,
            null,
            null,
            [
                $"{name}@{domain}",
                $"{name.ToUpperInvariant()}@{domain}",
                $"  {name}@{domain.ToUpperInvariant()} ",
                $"mailto:{name}@{domain}",
            ]
        );

    // Gmail ignores dots and what follows a plus, and googlemail.com is the same mailbox.
    private static Specimen Gmail(string name) =>
        new(
            IndicatorType.Email,
            null,
            null,
            [
                $"{name}@gmail.com",
                $"{name.Replace(".", "", StringComparison.Ordinal)}@gmail.com",
                $"{name}+offers@gmail.com",
                $"{name.ToUpperInvariant()}@GoogleMail.com",
            ]
        );

    private static string FullWidth(string text) =>
        string.Concat(text.Select(letter => letter is > ' ' and < '\u007f' ? (char)(letter + 0xFEE0) : letter));
}
