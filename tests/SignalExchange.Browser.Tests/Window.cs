using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace SignalExchange.WebConsole.BrowserTests;

/// <summary>A window of the browser. What the page complains about, and what it asks of other hosts, fails the test that closes it.</summary>
public sealed class Window : IAsyncDisposable
{
    // WCAG 2.2 AA, whole: axe leaves the size of targets out unless it is asked for by these names.
    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
    };

    private static readonly AxeRunOptions Colours = new()
    {
        RunOnly = new() { Type = "rule", Values = ["color-contrast"] },
    };

    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly ConcurrentQueue<string> _said = new();
    private readonly ArrayBufferWriter<byte> _told = new();
    private readonly IBrowserContext _context;
    private readonly Uri _console;

    public Window(IBrowserContext context, IPage page, Uri console)
    {
        (_context, _console, Page) = (context, console, page);
        page.Console += (_, message) => Hear(message);
        page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) => Hear(frame);
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

    /// <summary>Gets or sets whether the silo goes away meanwhile: what the browser says of failed connections is no complaint.</summary>
    public bool MayLoseConnection { get; set; }

    /// <summary>Gets or sets what a page that is not ours says for a known reason, and what is no complaint.</summary>
    public string? Expected { get; set; }

    /// <summary>Gets what the pages of this window were told on their connections, as it came.</summary>
    public byte[] Told
    {
        get
        {
            lock (_told)
            {
                return _told.WrittenSpan.ToArray();
            }
        }
    }

    /// <summary>Gets what the page complained about.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    /// <summary>Waits until the page that <see cref="Mark"/> was called on is another one.</summary>
    /// <param name="log">What the silo has written, for whoever reads why the page stayed.</param>
    public async Task UntilLoadedAgain(string? log = null)
    {
        try
        {
            await Page.WaitForFunctionAsync("() => !window.isTheSamePage", null, new() { Timeout = 60_000 });
        }
        catch (TimeoutException late)
        {
            var lines = _said.TakeLast(30).Concat(log is null ? [] : File.ReadLines(log).TakeLast(30));
            throw new TimeoutException($"The page stayed.\n{string.Join('\n', lines)}", late);
        }
    }

    /// <summary>Marks the page, to see whether it is loaded again.</summary>
    public Task Mark() => Page.EvaluateAsync("() => window.isTheSamePage = true");

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
        await Assertions.Expect(Page.Locator(".waiting, .busy")).ToHaveCountAsync(0);
    }

    /// <summary>Looks at the page in a palette.</summary>
    public async Task Show(bool isDark)
    {
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

    /// <summary>Returns what has moved since the page began to load, each with how much of the screen and by how much (Layout Instability, CLS).</summary>
    public async Task<IReadOnlyList<LayoutShift>> Shifts() =>
        await Ask<LayoutShift[]>(
            """
            async () => {
              await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
              const observer = new PerformanceObserver(() => {});
              observer.observe({ type: "layout-shift", buffered: true });
              return observer.takeRecords().filter((it) => !it.hadRecentInput).map((it) => ({
                value: it.value,
                what: it.sources.map((source) => source.node?.outerHTML?.slice(0, 120) ?? `${source.node?.textContent}`).join(" | "),
              }));
            }
            """
        );

    /// <summary>Returns the times that stand on the page.</summary>
    public async Task<IReadOnlyList<ShownTime>> Times() =>
        await Ask<ShownTime[]>(
            """() => [...document.querySelectorAll("time")].map((it) => ({ iso: it.dateTime, hover: it.title, text: it.textContent }))"""
        );

    /// <summary>Asks the page something.</summary>
    /// <param name="script">A function of JavaScript.</param>
    public async Task<T> Ask<T>(string script) =>
        JsonSerializer.Deserialize<T>(
            await Page.EvaluateAsync<string>($"async () => JSON.stringify(await ({script})())"),
            JsonSerializerOptions.Web
        )!;

    /// <summary>Takes complaints that a test has provoked as given.</summary>
    public void Forgive() => _complaints.Clear();

    /// <summary>Fails with what axe finds serious or critical.</summary>
    public Task MustBeAccessible() => MustFindNothing(Rules);

    /// <summary>The same of what palettes differ in: how the colours of text stand on their ground.</summary>
    public Task MustBeReadable() => MustFindNothing(Colours);

    // Once colours have come to rest: a theme fades in.
    private async Task MustFindNothing(AxeRunOptions options)
    {
        var bad = await Findings(options);
        for (var look = 1; look < 40 && bad.Length > 0; look++)
        {
            await Task.Delay(250, TestContext.Current.CancellationToken);
            bad = await Findings(options);
        }

        Assert.Empty(bad);
    }

    private async Task<string[]> Findings(AxeRunOptions options) =>
        [
            .. (await Page.RunAxe(options))
                .Violations.Where(it => it.Impact is "serious" or "critical")
                .SelectMany(it => it.Nodes.Select(node => $"{it.Id} ({it.Impact}): {it.Help}: {node.Html}")),
        ];

    public async ValueTask DisposeAsync()
    {
        await _context.CloseAsync();
        Assert.Empty(_complaints);
    }

    private void Hear(IConsoleMessage message)
    {
        _said.Enqueue($"{message.Type}: {message.Text}");
        Note(message.Type is "error" && !MayLoseConnection, $"console: {message.Text}");
    }

    private void Hear(IWebSocketFrame frame)
    {
        lock (_told)
        {
            _told.Write(frame.Binary ?? Encoding.UTF8.GetBytes(frame.Text ?? ""));
        }
    }

    private void Note(bool isBad, string what)
    {
        if (isBad && (Expected is null || !what.Contains(Expected, StringComparison.Ordinal)))
        {
            _complaints.Enqueue(what);
        }
    }
}
