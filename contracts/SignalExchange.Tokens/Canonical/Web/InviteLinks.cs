namespace SignalExchange.Tokens.Canonical.Web;

/// <summary>The services whose invitations have a canonical form. A fixed list, part of the form's version.</summary>
/// <remarks>Codes are case-sensitive and stay as they are; hosts and the words before a code are not.</remarks>
internal static class InviteLinks
{
    private const int MinCode = 2;
    private const int MaxCode = 256;

    private static readonly string[] Telegram = ["t.me", "telegram.me", "telegram.dog"];

    private static readonly string[] Discord =
    [
        "discord.gg",
        "discord.com",
        "discordapp.com",
        "ptb.discord.com",
        "canary.discord.com",
    ];

    // Links that open an app directly, and the web links that mean the same.
    private static readonly (string App, string Web)[] AppLinks =
    [
        ("tg://join?invite=", "t.me/+"),
        ("tg:join?invite=", "t.me/+"),
        ("tg://addlist?slug=", "t.me/addlist/"),
        ("whatsapp://chat?code=", "chat.whatsapp.com/"),
        ("sgnl://signal.group/#", "signal.group/#"),
    ];

    // A longer beginning stands before a shorter one of the same host.
    private static readonly InviteRule[] Rules =
    [
        new(Telegram, "/joinchat/", "t.me/+"),
        new(Telegram, "/addlist/", "t.me/addlist/"),
        new(Telegram, "/+", "t.me/+"),
        new(Telegram, "/%2B", "t.me/+"),
        new(Discord, "/invite/", "discord.gg/"),
        new(["discord.gg"], "/", "discord.gg/"),
        new(["chat.whatsapp.com"], "/invite/", "chat.whatsapp.com/"),
        new(["chat.whatsapp.com"], "/", "chat.whatsapp.com/"),
        new(["whatsapp.com"], "/channel/", "whatsapp.com/channel/"),
        new(["signal.group"], "/#", "signal.group/#"),
        new(["m.me"], "/j/", "m.me/j/"),
        new(["ig.me"], "/j/", "ig.me/j/"),
        new(["line.me"], "/R/ti/g/", "line.me/ti/g/"),
        new(["line.me"], "/ti/g/", "line.me/ti/g/"),
        new(["line.me"], "/R/ti/g2/", "line.me/ti/g2/"),
        new(["line.me"], "/ti/g2/", "line.me/ti/g2/"),
        new(["kik.me"], "/g/", "kik.me/g/"),
        new(["invite.viber.com"], "/?g2=", "invite.viber.com/?g2="),
        new(["guilded.gg"], "/i/", "guilded.gg/i/"),
    ];

    /// <summary>Returns the web link of a link that opens an app; any other text as it is.</summary>
    public static string FromApp(string text)
    {
        var link = AppLinks.FirstOrDefault(link => text.StartsWith(link.App, StringComparison.OrdinalIgnoreCase));
        return link.App is null ? text : link.Web + text[link.App.Length..];
    }

    /// <summary>Returns whether the host belongs to a service that gives invitations.</summary>
    public static bool IsService(string host) => Array.Exists(Rules, rule => rule.Hosts.Contains(host));

    /// <summary>Finds the invitation in a web address.</summary>
    /// <param name="address">The address.</param>
    /// <param name="invite">The service's one shape with the code, without a scheme.</param>
    /// <returns>Whether there is one.</returns>
    public static bool TryFind(WebAddress address, out string invite)
    {
        var path = address.Path.Length > 0 ? address.Path : "/";
        var query = address.Query.Length > 0 ? "?" + address.Query : "";
        var fragment = address.Fragment.Length > 0 ? "#" + address.Fragment : "";
        var text = PercentEncoding.Normalize(path + query) + fragment;
        var rule = Array.Find(
            Rules,
            rule =>
                rule.Hosts.Contains(address.Host) && text.StartsWith(rule.Before, StringComparison.OrdinalIgnoreCase)
        );
        var code = rule is null ? "" : text[rule.Before.Length..].Split('?', '#', '&')[0].TrimEnd('/');
        invite = rule?.Canonical + code;
        return address.Port.Length == 0 && IsCode(code) && !IsTelephoneLink(invite, code);
    }

    private static bool IsCode(string code) =>
        code.Length is >= MinCode and <= MaxCode && code.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    // t.me/+12125550123 opens a chat with a person's number.
    private static bool IsTelephoneLink(string invite, string code) =>
        invite.StartsWith("t.me/+", StringComparison.Ordinal) && code.All(char.IsAsciiDigit);
}
