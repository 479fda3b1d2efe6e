using System.Collections.Frozen;

namespace SignalExchange.Tokens.Canonical.Handles;

/// <summary>Payment providers: other names that members use for them, and the links that carry a handle.</summary>
/// <remarks>A fixed list, part of the form's version. A provider that is not in it is named by its slug.</remarks>
internal static class PaymentProviders
{
    /// <summary>Gets the other names, by which the slug is found.</summary>
    public static FrozenDictionary<string, string> Aliases { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["cash-app"] = "cashapp",
            ["cash.app"] = "cashapp",
            ["cash.me"] = "cashapp",
            ["paypal.me"] = "paypal",
            ["paypal.com"] = "paypal",
            ["venmo.com"] = "venmo",
            ["revolut.me"] = "revolut",
            ["revolut.com"] = "revolut",
            ["monzo.me"] = "monzo",
            ["monzo.com"] = "monzo",
            ["ko-fi.com"] = "ko-fi",
            ["buymeacoffee.com"] = "buymeacoffee",
            ["wise.com"] = "wise",
        }.ToFrozenDictionary(StringComparer.Ordinal);

    // Longest first, so that venmo.com/u/name does not become the handle u/name.
    private static readonly (string Link, string Provider)[] Links =
    [
        ("paypal.com/paypalme/", "paypal"),
        ("paypal.me/", "paypal"),
        ("account.venmo.com/u/", "venmo"),
        ("venmo.com/u/", "venmo"),
        ("venmo.com/", "venmo"),
        ("cash.app/", "cashapp"),
        ("cash.me/", "cashapp"),
        ("revolut.me/", "revolut"),
        ("monzo.me/", "monzo"),
        ("ko-fi.com/", "ko-fi"),
        ("buymeacoffee.com/", "buymeacoffee"),
        ("wise.com/pay/me/", "wise"),
    ];

    /// <summary>Returns the handle of a provider's own link; any other text as it is.</summary>
    /// <param name="provider">The provider's slug.</param>
    /// <param name="text">A handle or link.</param>
    public static string Unlink(string provider, string text)
    {
        var bare = Without(Without(Without(text, "https://"), "http://"), "www.");
        var link = Links.FirstOrDefault(link =>
            link.Provider == provider && bare.StartsWith(link.Link, StringComparison.OrdinalIgnoreCase)
        );
        return link.Link is null
            ? text
            : Uri.UnescapeDataString(bare[link.Link.Length..].Split('?', '#')[0].TrimEnd('/'));
    }

    private static string Without(string text, string beginning) =>
        text.StartsWith(beginning, StringComparison.OrdinalIgnoreCase) ? text[beginning.Length..] : text;
}
