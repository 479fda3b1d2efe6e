using System.Collections.Concurrent;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace SignalExchange.WebConsole.BrowserTests;

/// <summary>A window of the browser. What the page complains about, and what it asks of other hosts, fails the test that closes it.</summary>
public sealed class Window : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly IBrowserContext _context;
    private readonly Uri _console;

    public Window(IBrowserContext context, IPage page, Uri console)
    {
        (_context, _console, Page) = (context, console, page);
        page.Console += (_, message) => Note(message.Type is "error", $"console: {message.Text}");
        page.PageError += (_, error) => Note(true, $"script: {error}");
        page.Dialog += async (_, dialog) =>
        {
            Note(true, $"dialog: {dialog.Message}");
            await dialog.DismissAsync();
        };
        page.Request += (_, request) =>
            Note(
                new Uri(request.Url) is { Scheme: "http" or "https" } url && url.Authority != _console.Authority,
                $"request of another host: {request.Url}"
            );
    }

    public IPage Page { get; }

    /// <summary>Gets what the page complained about.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    /// <summary>Goes to a page of the console and waits until it lives and shows what it asked for.</summary>
    public async Task Go(string path)
    {
        await Page.GotoAsync(path);
        await Ready();
    }

    /// <summary>Waits until the page shows what it asked the exchange for.</summary>
    public async Task Ready()
    {
        await Page.Locator("h1").First.WaitForAsync();
        await Assertions.Expect(Page.Locator(".waiting")).ToHaveCountAsync(0);
    }

    /// <summary>Looks at the page on a screen of another width and in the other palette.</summary>
    public async Task Show(int width, bool isDark)
    {
        await Page.SetViewportSizeAsync(width, 860);
        var toggle = Page.GetByRole(AriaRole.Button, new() { Name = isDark ? "Dark colours" : "Light colours" });
        if (await toggle.CountAsync() > 0)
        {
            await toggle.ClickAsync();
        }

        await Page.EvaluateAsync($"() => document.documentElement.dataset.theme = '{(isDark ? "dark" : "light")}'");
        await Assertions.Expect(toggle).ToHaveCountAsync(0);
    }

    /// <summary>Returns by how much the page is wider than its window.</summary>
    public Task<int> Overflow() =>
        Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");

    /// <summary>Takes complaints that a test has provoked as given.</summary>
    public void Forgive() => _complaints.Clear();

    /// <summary>Fails with what axe finds serious or critical, once colours have come to rest: a theme fades in.</summary>
    public async Task MustBeAccessible()
    {
        var bad = await Findings();
        for (var look = 1; look < 40 && bad.Length > 0; look++)
        {
            await Task.Delay(250, TestContext.Current.CancellationToken);
            bad = await Findings();
        }

        Assert.Empty(bad);
    }

    private async Task<string[]> Findings() =>
        [
            .. (await Page.RunAxe())
                .Violations.Where(it => it.Impact is "serious" or "critical")
                .SelectMany(it => it.Nodes.Select(node => $"{it.Id} ({it.Impact}): {it.Help}: {node.Html}")),
        ];

    public async ValueTask DisposeAsync()
    {
        await _context.CloseAsync();
        Assert.Empty(_complaints);
    }

    private void Note(bool isBad, string what)
    {
        if (isBad)
        {
            _complaints.Enqueue(what);
        }
    }
}
