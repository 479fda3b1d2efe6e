using Microsoft.Playwright;

namespace SignalExchange.WebConsole.BrowserTests;

/// <summary>Pictures of pages for the documentation, where SIGNALEXCHANGE_SCREENSHOTS names a folder for them.</summary>
internal static class Screenshots
{
    // A desk in light and a phone in dark show both palettes and both widths.
    private const int DarkBelow = 600;

    // Of a long list the beginning is enough.
    private const float MaxHeight = 1800;

    private static readonly string? Folder = Environment.GetEnvironmentVariable("SIGNALEXCHANGE_SCREENSHOTS");

    /// <summary>Gets whether pictures are taken.</summary>
    public static bool AreWanted => Folder is { Length: > 0 };

    /// <summary>Takes one, if it is wanted: named after who looks at which page, and how it is narrowed.</summary>
    public static async Task Take(IPage page, string who, string path, int width, bool isDark)
    {
        if (Folder is { Length: > 0 } folder && isDark == width < DarkBelow)
        {
            var name = $"{RoleOf(who)}{path["/console".Length..].Split('=')[0].Replace('?', '-').Replace('/', '-')}";
            var file = Path.Combine(folder, $"{name}-{width}{(isDark ? "-dark" : "")}.png");
            var height = await page.EvaluateAsync<float>("() => document.documentElement.scrollHeight");
            await page.ScreenshotAsync(
                new()
                {
                    Path = file,
                    FullPage = true,
                    Clip = new() { Width = width, Height = Math.Min(height, MaxHeight) },
                }
            );
        }
    }

    private static string RoleOf(string who) =>
        who switch
        {
            "olga" => "operator",
            "anna" => "auditor",
            "marc" => "member",
            _ => "anybody",
        };
}
