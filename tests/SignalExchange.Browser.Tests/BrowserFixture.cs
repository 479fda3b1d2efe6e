using System.Security.Cryptography;
using Microsoft.Playwright;
using SignalExchange.Client;
using SignalExchange.Client.Credentials;
using SignalExchange.Client.Submissions;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests;
using SignalExchange.TestKit.Signals;
using SignalExchange.Tokens;
using SignalExchange.WebConsole.Tests.Hosting;

namespace SignalExchange.WebConsole.BrowserTests;

/// <summary>One exchange with people of each role and something to see, and one browser: Debian's Chromium.</summary>
public sealed class BrowserFixture : ConsoleFixture
{
    public const string Ring = "trust-ring";

    private static readonly string[] Arguments =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--no-first-run",
    ];

    private readonly List<ISignalExchangeClient> _clients = [];
    private IPlaywright? _playwright;

    public IBrowser Browser { get; private set; } = null!;

    public ConsolePerson Otto { get; private set; } = null!;

    public ConsolePerson Anna { get; private set; } = null!;

    public ConsolePerson Marc { get; private set; } = null!;

    public ISignalExchangeClient PlatformA { get; private set; } = null!;

    private static string Chromium =>
        new[]
        {
            Environment.GetEnvironmentVariable("CHROMIUM"),
            "/usr/bin/chromium",
            "/usr/bin/chromium-browser",
        }.FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("There is no Chromium. ./test.sh installs Debian's package chromium.");

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        PlatformA = await Join("platform-a", Ring);
        var b = await Join("platform-b", Ring);
        var c = await Join("platform-c");
        using var second = await AddOperatorKey(); // from now on weighty acts wait for another operator
        Otto = await Enrol("otto", KeyRole.Operator, approver: second);
        Anna = await Enrol("anna", KeyRole.Auditor, approver: second);
        Marc = await Enrol("marc", KeyRole.MemberAdministrator, "platform-a");
        await Seed(PlatformA, b, c);
        await AskForAMember("platform-d");
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = Chromium,
                Headless = true,
                Args = Arguments,
            }
        );
    }

    /// <summary>Opens a window for somebody who is signed in; nobody for null.</summary>
    public async Task<Window> Open(ConsolePerson? person)
    {
        var context = await Browser.NewContextAsync(
            new()
            {
                BaseURL = Address.ToString(),
                ViewportSize = new() { Width = 1280, Height = 860 },
                ColorScheme = ColorScheme.Light,
                TimezoneId = "Europe/Amsterdam",
                Locale = "en-GB",
                ReducedMotion = ReducedMotion.Reduce,
            }
        );
        context.SetDefaultTimeout(30_000);
        if (person is not null)
        {
            await context.AddCookiesAsync(
                person.Cookies.Select(cookie => new Cookie
                {
                    Name = cookie.Name,
                    Value = cookie.Value,
                    Url = Address.ToString(),
                })
            );
        }

        return new Window(context, await context.NewPageAsync(), Address);
    }

    /// <summary>Finds somebody by name; null for nobody.</summary>
    public ConsolePerson? PersonOf(string login) =>
        login switch
        {
            "" => null,
            "olga" => Olga,
            "otto" => Otto,
            "anna" => Anna,
            "marc" => Marc,
            _ => throw new ArgumentOutOfRangeException(nameof(login), login, "Nobody of that name."),
        };

    /// <summary>Asks for a new member by the first operator's key; another operator must approve it.</summary>
    public async Task AskForAMember(string memberId)
    {
        using var key = new TestMember(memberId);
        await Exchange.AddMember(memberId, key.PublicKey);
    }

    public override async ValueTask DisposeAsync()
    {
        if (Browser is not null)
        {
            await Browser.DisposeAsync();
        }

        _playwright?.Dispose();
        _clients.OfType<IDisposable>().ToList().ForEach(client => client.Dispose());
        await base.DisposeAsync();
    }

    private async Task<ISignalExchangeClient> Join(string member, params string[] groups)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await Exchange.AddMember(member, key.ExportSubjectPublicKeyInfo(), groups);
        var credential = new MemberCredential(new MemberId(member), key);
        var client = new SignalExchangeClient(new() { Endpoint = Exchange.Address, Credential = credential });
        _clients.Add(client);
        return client;
    }

    private static async Task Seed(ISignalExchangeClient a, ISignalExchangeClient b, ISignalExchangeClient c)
    {
        var now = TimeProvider.System.GetUtcNow();
        var people = Enumerable
            .Range(0, 60)
            .Select(it => Identifier.Email($"person{it}@mail.example").GetOrThrow())
            .ToList();
        var shared = new Audience { ShareLevel = ShareLevel.Amber, GroupIds = { Ring } };
        await a.SubmitBatchAsync([
            .. people
                .Take(40)
                .Select(it => new SignalSubmission(it, Statements.Valid(now, said => said.Audience = shared))),
        ]);
        await b.CheckBatchAsync(people, CheckPurpose.Registration);
        await c.CheckBatchAsync(people, CheckPurpose.Registration);
        await a.WithdrawAsync(new(people[0], RetractionReason.FalsePositive));
    }
}
