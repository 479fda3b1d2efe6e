using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using OtpNet;
using SignalExchange.Grains.Members;
using SignalExchange.Silo.Members;
using SignalExchange.Silo.People;

namespace SignalExchange.Benchmarks.Consoles;

/// <summary>An operator with a browser: Debian's Chromium.</summary>
internal sealed class ConsoleVisitor : IAsyncDisposable
{
    private const string Login = "watcher";
    private const string Password = "correct horse battery staple";

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly IBrowserContext _context;

    private ConsoleVisitor(IPlaywright playwright, IBrowser browser, IBrowserContext context) =>
        (_playwright, _browser, _context) = (playwright, browser, context);

    /// <summary>Makes the first operator's account as the server's command does, and signs in with it.</summary>
    public static async Task<ConsoleVisitor> SignIn(IServiceProvider exchange, Uri console)
    {
        var code = SignInCode.New();
        var registry = exchange.GetRequiredService<IGrainFactory>().GetGrain<IMemberRegistryGrain>(0);
        var given = await registry.GiveCodeByServer(Login, AccountIds.New(), SignInCode.DigestOf(code));
        await exchange.GetRequiredService<MemberDirectoryRefresher>().Refresh(given.Version, CancellationToken.None);
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
                Args = ["--no-sandbox", "--disable-gpu"],
            }
        );
        var context = await browser.NewContextAsync(new() { BaseURL = console.ToString() });
        await Enrol(await context.NewPageAsync(), code);
        return new(playwright, browser, context);
    }

    /// <summary>Opens the overview, and returns when it shows what the exchange says now.</summary>
    public async Task<IAsyncDisposable> OpenOverview()
    {
        var page = await _context.NewPageAsync();
        await page.GotoAsync("/console/overview", new() { WaitUntil = WaitUntilState.Commit });
        await page.GetByText("Live; a new reading every two seconds.").WaitForAsync();
        return new OpenPage(page);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private static async Task Enrol(IPage page, string code)
    {
        await page.GotoAsync("/console/sign-in/code");
        await page.GetByLabel("Name").FillAsync(Login);
        await page.GetByLabel("One-time code").FillAsync(code);
        await page.Keyboard.PressAsync("Enter");
        var secret = Base32Encoding.ToBytes(
            (await page.Locator(".secret").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal)
        );
        await page.GetByLabel("Password, at least 12 characters").FillAsync(Password);
        await page.GetByLabel("The same again").FillAsync(Password);
        await page.GetByLabel("Code that your authenticator shows now")
            .FillAsync(new Totp(secret).ComputeTotp(TimeProvider.System.GetUtcNow().UtcDateTime));
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/console/overview");
        await page.CloseAsync();
    }

    private sealed class OpenPage(IPage page) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await page.CloseAsync();
    }
}
