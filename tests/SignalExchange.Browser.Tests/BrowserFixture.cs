using Google.Protobuf;
using Microsoft.Playwright;
using SignalExchange.Client;
using SignalExchange.Contracts.V1;
using SignalExchange.Demo;
using SignalExchange.Demo.Corpus;
using SignalExchange.Silo.Tests;
using SignalExchange.Silo.Tests.Disputes;
using SignalExchange.Silo.Tests.Signals;
using SignalExchange.TestKit;
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

    /// <summary>Where all windows are.</summary>
    public static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");

    // The demo's identifiers: all of them for the pictures of the documentation, and a few for tests.
    private static readonly DemoOptions Demo = DemoOptions.Parse(["--scale", Screenshots.AreWanted ? "1" : "0.01"]);

    private readonly List<Platform> _platforms = [];
    private readonly List<TestMember> _keys = [];
    private IPlaywright? _playwright;
    private AuditService.AuditServiceClient? _auditor;
    private Capture? _capture;

    public IBrowser Browser { get; private set; } = null!;

    public ConsolePerson Otto { get; private set; } = null!;

    public ConsolePerson Anna { get; private set; } = null!;

    public ConsolePerson Marc { get; private set; } = null!;

    public ISignalExchangeClient PlatformA { get; private set; } = null!;

    /// <summary>Gets platform-a, of which Marc is an administrator, as it says and answers message by message.</summary>
    public DisputeSide OwnerSide { get; private set; } = null!;

    /// <summary>Gets platform-b, which disputes what platform-a says.</summary>
    public DisputeSide RaiserSide { get; private set; } = null!;

    /// <summary>Gets what no page may show.</summary>
    public Secrets Secrets { get; } = new();

    protected override string[] Settings =>
        [
            "--Exchange:Census:Interval",
            "00:00:01",
            "--Exchange:OrleansDashboard",
            "true",
            "--Exchange:Audit:Anomalies:WorkdayStart", // all but a minute that is half a day away is off hours
            $"{Workday}:00:00",
            "--Exchange:Audit:Anomalies:WorkdayEnd",
            $"{Workday}:01:00",
        ];

    private static string Workday => $"{TimeProvider.System.GetUtcNow().AddHours(12):HH}";

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
        _capture = new(Path.Combine(Path.GetDirectoryName(Exchange.DataDirectory)!, "messages.bin"));
        var a = await Join("platform-a", Ring);
        PlatformA = a.Client;
        var b = await Join("platform-b", Ring);
        var c = await Join("platform-c");
        OwnerSide = await SideOf("platform-a");
        RaiserSide = await SideOf("platform-b");
        await Judge();
        await AddOperatorKey(); // from now on weighty acts wait for another operator
        Otto = await Enrol("otto", KeyRole.Operator, isAskedBySecond: true); // so that he may approve what olga asks for
        Anna = await Enrol("anna", KeyRole.Auditor);
        Marc = await Enrol("marc", KeyRole.MemberAdministrator, "platform-a");
        await Play(a, b, c);
        await AskForAMember("platform-d");
        await Dispute();
        await UntilAllIsCounted();
        await UntilThereAreAlarms();
        _playwright = await Playwright.CreateAsync();
        // The machine may have much else to do; and of a page's messages five are shown at a time, a sixth when the first has gone.
        Assertions.SetDefaultExpectTimeout(30_000);
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
    public async Task<Window> Open(ConsolePerson? person, Uri? console = null, int width = 1280)
    {
        var address = console ?? Address;
        var context = await Browser.NewContextAsync(
            new()
            {
                BaseURL = address.ToString(),
                ViewportSize = new() { Width = width, Height = 860 },
                ColorScheme = ColorScheme.Light,
                TimezoneId = Zone.Id,
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
                    Url = address.ToString(),
                })
            );
        }

        return new Window(context, await context.NewPageAsync(), address);
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
        _keys.ForEach(key => key.Dispose());
        _platforms.ForEach(platform => platform.Dispose());
        _capture?.Dispose();
        await base.DisposeAsync();
    }

    /// <summary>Platform-a says something new; platform-b finds it and disputes it.</summary>
    public async Task<Dispute> Dispute()
    {
        var element = (await OwnerSide.Reports.NewElements(1))[0];
        var token = await RaiserSide.Reports.TokenOf(element);
        Secrets.Add(token);
        var said = (await OwnerSide.Reports.Submit(Reporter.SubmissionOf(element)))[0];
        await RaiserSide.Reports.Check([token]);
        var request = new RaiseDisputeRequest
        {
            KeyId = (await RaiserSide.Reports.Key()).KeyId,
            Token = ByteString.CopyFrom(token.ToArray()),
            SignalId = said.Accepted.SignalId,
            Reason = DisputeReason.Recycled,
        };
        return (await RaiserSide.RaiseDisputeAsync(request)).Dispute;
    }

    // A census that was taken meanwhile lacks the end of it, and the next one takes its time.
    private async Task UntilAllIsCounted()
    {
        var operations = new OperationsService.OperationsServiceClient(Exchange.InvokerFor(Exchange.Operator));
        await Eventually.ResultAsync(
            async () => (await operations.GetSignalCensusAsync(new())).Census,
            census => census?.Retractions.Any(it => it.Reason == RetractionReason.FalsePositive) is true,
            "a census of all that was said"
        );
    }

    // Whatever operators did so far was off hours; the rules hear of it within about a second.
    private async Task UntilThereAreAlarms() =>
        await Eventually.ResultAsync(
            async () => (await _auditor!.ListAlarmsAsync(new() { State = AlarmState.Open })).Alarms,
            alarms => alarms.Any(it => it.MemberId == "platform-a"),
            "an alarm of Marc's account"
        );

    // An auditor's program has judged an entry before.
    private async Task Judge()
    {
        var key = new TestMember("consortium");
        _keys.Add(key);
        await new MemberService.MemberServiceClient(Exchange.InvokerFor(Exchange.Operator)).AddMemberKeyAsync(
            new()
            {
                MemberId = "consortium",
                Role = KeyRole.Auditor,
                PublicKey = ByteString.CopyFrom(key.PublicKey),
            }
        );
        _auditor = new(Exchange.InvokerFor(key));
        await _auditor.ReviewEntriesAsync(new() { Indexes = { 1 }, Disposition = ReviewDisposition.Justified });
    }

    private async Task<DisputeSide> SideOf(string member)
    {
        var key = new TestMember(member);
        _keys.Add(key);
        await new MemberService.MemberServiceClient(Exchange.InvokerFor(Exchange.Operator)).AddMemberKeyAsync(
            new()
            {
                MemberId = member,
                Role = KeyRole.MemberBackend,
                PublicKey = ByteString.CopyFrom(key.PublicKey),
            }
        );
        return new(Exchange.InvokerFor(key));
    }

    private async Task<Platform> Join(string member, params string[] groups)
    {
        var platform = new Platform(member, Exchange.Address, _capture!);
        _platforms.Add(platform);
        await Exchange.AddMember(member, platform.PublicKey, groups);
        return platform;
    }

    // The demo's story; then it turns out that one of A's signals was wrong.
    private async Task Play(Platform a, Platform b, Platform c)
    {
        var narrator = new Narrator();
        var corpus = Corpora.Make(Demo);
        foreach (var made in await a.Client.MakeTokensAsync([.. corpus.Take(5).Select(it => it.Read(0))]))
        {
            Secrets.Add(made.Token);
        }

        Secrets.Add("identifier", corpus[0].Spellings[0]);
        Secrets.Add("password", ConsolePerson.Password);
        foreach (var person in new[] { Olga, Otto, Anna, Marc })
        {
            Secrets.Add($"session of {person.Login}", person.SessionCookie);
            Secrets.Add($"authenticator of {person.Login}", person.Secret);
        }

        await new Acts(narrator, Ring).Play(a, b, c, corpus, TestContext.Current.CancellationToken);
        Assert.True(narrator.HasEverythingHeld);
        await a.Client.WithdrawAsync(new(corpus[^1].Read(0), RetractionReason.FalsePositive));
    }
}
