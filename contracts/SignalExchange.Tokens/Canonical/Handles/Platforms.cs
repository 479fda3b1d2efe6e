using System.Collections.Frozen;

namespace SignalExchange.Tokens.Canonical.Handles;

/// <summary>Platforms that members know by several names: one person's account must not become two indicators.</summary>
/// <remarks>A fixed list, part of the form's version. A platform that is not in it is named by its slug.</remarks>
internal static class Platforms
{
    /// <summary>Gets the other names, by which the slug is found.</summary>
    public static FrozenDictionary<string, string> Aliases { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["x"] = "twitter",
            ["x.com"] = "twitter",
            ["twitter.com"] = "twitter",
            ["facebook.com"] = "facebook",
            ["fb"] = "facebook",
            ["instagram.com"] = "instagram",
            ["ig"] = "instagram",
            ["snap"] = "snapchat",
            ["snapchat.com"] = "snapchat",
            ["tiktok.com"] = "tiktok",
            ["youtube.com"] = "youtube",
            ["t.me"] = "telegram",
            ["telegram.me"] = "telegram",
            ["telegram.org"] = "telegram",
            ["discord.com"] = "discord",
            ["discordapp"] = "discord",
            ["reddit.com"] = "reddit",
            ["roblox.com"] = "roblox",
            ["twitch.tv"] = "twitch",
            ["kik.com"] = "kik",
            ["onlyfans.com"] = "onlyfans",
            ["signal.org"] = "signal",
            ["threads.net"] = "threads",
            ["threads.com"] = "threads",
            ["linkedin.com"] = "linkedin",
            ["vk"] = "vk.com",
            ["xbox.com"] = "xbox",
            ["xbox-live"] = "xbox",
            ["psn"] = "playstation",
            ["playstation.com"] = "playstation",
            ["steampowered.com"] = "steam",
            ["steamcommunity.com"] = "steam",
        }.ToFrozenDictionary(StringComparer.Ordinal);
}
