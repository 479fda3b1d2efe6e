using System.Collections.Frozen;

namespace SignalExchange.Tokens.Canonical;

/// <summary>What a provider does with aliases of one mailbox. Only what a provider documents itself is here.</summary>
/// <param name="Domain">The domain that stands for all of the mailbox's.</param>
/// <param name="IgnoresDots">Dots in the local part mean nothing.</param>
/// <param name="AliasMark">What stands between mailbox and alias; null when there are none.</param>
internal sealed record MailProvider(string Domain, bool IgnoresDots, char? AliasMark)
{
    private static readonly FrozenDictionary<string, MailProvider> Known = Table()
        .ToFrozenDictionary(StringComparer.Ordinal);

    public static MailProvider Of(string domain) => Known.GetValueOrDefault(domain) ?? new(domain, false, null);

    public string RemoveAlias(string local)
    {
        var mark = AliasMark is { } character ? local.IndexOf(character, StringComparison.Ordinal) : -1;
        var mailbox = mark >= 0 ? local[..mark] : local;
        return IgnoresDots ? mailbox.Replace(".", "", StringComparison.Ordinal) : mailbox;
    }

    private static Dictionary<string, MailProvider> Table()
    {
        // Gmail: dots do not matter, plus addressing, googlemail.com is gmail.com (support.google.com/mail/answer/7436150, /22370).
        var gmail = new MailProvider("gmail.com", true, '+');
        var table = new Dictionary<string, MailProvider>(StringComparer.Ordinal)
        {
            ["gmail.com"] = gmail,
            ["googlemail.com"] = gmail,
        };

        // Plus addressing, each domain a mailbox of its own: Outlook.com, iCloud (one mailbox has up to three domains, not one to
        // one), Fastmail.
        foreach (
            var domain in new[]
            {
                "outlook.com",
                "hotmail.com",
                "live.com",
                "msn.com",
                "icloud.com",
                "me.com",
                "mac.com",
                "fastmail.com",
                "fastmail.fm",
            }
        )
        {
            table[domain] = new(domain, false, '+');
        }

        // Proton: dots, hyphens and underscores are ignored at sign-up, plus addressing; its domains are one mailbox (proton.me/support).
        foreach (var domain in new[] { "proton.me", "protonmail.com", "pm.me" })
        {
            table[domain] = new("proton.me", true, '+');
        }

        return table;
    }
}
