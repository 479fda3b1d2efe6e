namespace SignalExchange.Tokens.Canonical;

/// <summary>Invitations to groups and channels: the service and its code. Codes keep their case, since services tell it apart.</summary>
internal static class InviteLinkForm
{
    private const int MaxCodeLength = 128;

    public static CanonicalForm Make(string raw)
    {
        var problem = WebAddress.TryRead(raw, out var uri, out var host);
        if (problem != CanonicalProblem.None)
        {
            return problem;
        }

        var bare = host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host;
        var path = uri.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return Find(bare, path, uri.Fragment.TrimStart('#')) is not { } invite ? CanonicalProblem.KindUnknown
            : IsCode(invite.Code) ? CanonicalForm.Of($"{invite.Service}\0{invite.Code}")
            : CanonicalProblem.Malformed;
    }

    private static (string Service, string Code)? Find(string host, string[] path, string fragment) =>
        (host, path) switch
        {
            ("t.me" or "telegram.me" or "telegram.dog", ["joinchat", var code]) => ("telegram", code),
            ("t.me" or "telegram.me" or "telegram.dog", [['+', .. var code]]) => ("telegram", code),
            ("discord.gg", [var code]) => ("discord", code),
            ("discord.com" or "discordapp.com", ["invite", var code]) => ("discord", code),
            ("chat.whatsapp.com", [var code]) => ("whatsapp", code),
            ("chat.whatsapp.com", ["invite", var code]) => ("whatsapp", code),
            ("signal.group", []) => ("signal", fragment),
            ("line.me", ["R" or "r", "ti", "g", var code]) => ("line", code),
            ("join.skype.com", [var code]) => ("skype", code),
            ("groups.snapchat.com" or "snapchat.com", ["group" or "t", var code]) => ("snapchat", code),
            _ => null,
        };

    private static bool IsCode(string code) =>
        code.Length is >= 2 and <= MaxCodeLength
        && code.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or '=');
}
