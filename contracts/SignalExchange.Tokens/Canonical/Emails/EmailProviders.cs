using System.Collections.Frozen;
using System.Text;

namespace SignalExchange.Tokens.Canonical.Emails;

/// <summary>The providers whose addresses are known to have many spellings. A fixed list, part of the form's version.</summary>
/// <remarks>
/// <para>
/// A provider stands here if a name with a plus cannot belong to anybody else: it cuts tags and gives no names with a
/// plus. Domains are merged only if the provider gives a name on all of them to one person.
/// </para>
/// <list type="bullet">
/// <item>Gmail ignores dots and tags; googlemail.com is gmail.com (support.google.com/mail/answer/7436150, 10313).</item>
/// <item>Outlook.com cuts tags in its four domains; the same name on two of them is two people. The hundred national
/// domains (hotmail.co.uk) are left as they are.</item>
/// <item>Fastmail cuts tags (fastmail.help, 360060591053). Its subdomain addresses are not undone: which account they
/// name depends on the account's settings.</item>
/// <item>Proton cuts tags, ignores dots, hyphens and underscores, and reserves a name on all its domains to its owner
/// (proton.me/support/addresses-and-aliases; removeEmailAlias in Proton's WebClients).</item>
/// <item>iCloud cuts tags; a name on mac.com or me.com is its owner's on icloud.com too (support.apple.com/118230).</item>
/// </list>
/// <para>
/// Yahoo is left alone: the base of its disposable addresses (<c>base-word</c>) is a second name, and nothing that Yahoo
/// publishes says that it cannot be somebody else's account name.
/// </para>
/// </remarks>
internal static class EmailProviders
{
    private static readonly EmailProvider Gmail = new("gmail.com", ".");
    private static readonly EmailProvider Proton = new("proton.me", "._-");
    private static readonly EmailProvider ICloud = new("icloud.com");

    private static readonly FrozenDictionary<string, EmailProvider> ByDomain = new Dictionary<string, EmailProvider>(
        StringComparer.Ordinal
    )
    {
        ["gmail.com"] = Gmail,
        ["googlemail.com"] = Gmail,
        ["outlook.com"] = new("outlook.com"),
        ["hotmail.com"] = new("hotmail.com"),
        ["live.com"] = new("live.com"),
        ["msn.com"] = new("msn.com"),
        ["fastmail.com"] = new("fastmail.com"),
        ["fastmail.fm"] = new("fastmail.fm"),
        ["proton.me"] = Proton,
        ["protonmail.com"] = Proton,
        ["protonmail.ch"] = Proton,
        ["pm.me"] = Proton,
        ["icloud.com"] = ICloud,
        ["me.com"] = ICloud,
        ["mac.com"] = ICloud,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Returns the address's one spelling at its provider; the address as it is for any other provider.</summary>
    /// <returns>The halves; the local part is empty if there was nothing but a tag.</returns>
    public static (string Local, string Domain) Reduce(string local, string domain)
    {
        // No provider of the list gives names outside ASCII, and taking a dot out could join a mark to another letter.
        var name = local.Split('+')[0];
        return ByDomain.TryGetValue(domain, out var provider) && Ascii.IsValid(name)
            ? (string.Concat(name.Where(c => !provider.Ignored.Contains(c))), provider.Domain)
            : (local, domain);
    }
}
