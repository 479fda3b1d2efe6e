namespace SignalExchange.WebConsole.BrowserTests;

/// <summary>What the Tab key reaches on a page, once around.</summary>
/// <param name="Reached">What it reached, in order.</param>
/// <param name="Missed">What can be operated and was not reached.</param>
/// <param name="Unseen">What was reached and does not show it, or stands outside of the window.</param>
internal sealed record TabWalk(
    IReadOnlyList<string> Reached,
    IReadOnlyList<string> Missed,
    IReadOnlyList<string> Unseen
)
{
    // A field for a time has a stop for each of its parts.
    private const int LongestStay = 10;

    // Of radio buttons of one name the keyboard reaches one; the arrows do the rest.
    private const string Mark = """
        () => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
          .filter((it) => it.tabIndex >= 0 && !it.disabled && it.type !== "hidden" && it.type !== "radio"
            && it.checkVisibility({ visibilityProperty: true }) && !it.closest("[inert], [aria-hidden=true]"))
          .map((it, place) => { it.dataset.walk = place; return it.outerHTML.slice(0, 160); })
        """;

    private const string Look = """
        () => {
          const it = document.activeElement;
          if (!it || it === document.body) return { place: -1, isSeen: true, what: "" };
          const style = getComputedStyle(it), box = it.getBoundingClientRect();
          const isOutlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
          const isInside = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
          return { place: +(it.dataset.walk ?? -1), isSeen: isOutlined && isInside, what: it.outerHTML.slice(0, 160) };
        }
        """;

    /// <summary>Fails with what the Tab key does not reach, and with what does not show that it was reached (WCAG 2.2: 2.1.1, 2.1.2, 2.4.7).</summary>
    public static async Task MustReachEverything(Window window)
    {
        var walk = await Take(window);
        Assert.Empty(walk.Missed);
        Assert.Empty(walk.Unseen);
    }

    /// <summary>Walks until it is back where it began.</summary>
    public static async Task<TabWalk> Take(Window window)
    {
        var all = await window.Ask<string[]>(Mark);
        var (reached, unseen, stay) = (new List<Stop>(), new List<string>(), 0);
        while (true)
        {
            await window.Page.Keyboard.PressAsync("Tab");
            var stop = await window.Ask<Stop>(Look);
            if (reached.Count > 0 && reached[^1] == stop)
            {
                Assert.True(++stay < LongestStay, $"Tab does not leave {stop.What}");
                continue;
            }

            if (reached.Count > 0 && reached[0].Place == stop.Place)
            {
                break;
            }

            stay = 0;
            reached.Add(stop);
            if (!stop.IsSeen)
            {
                unseen.Add(stop.What);
            }

            Assert.True(
                reached.Count <= 2 * all.Length + 2,
                "Tab goes round in a circle, and not back to where it began."
            );
        }

        var missed = all.Where((_, place) => reached.TrueForAll(stop => stop.Place != place));
        return new([.. reached.Select(it => it.What)], [.. missed], unseen);
    }

    private sealed record Stop(int Place, bool IsSeen, string What);
}
