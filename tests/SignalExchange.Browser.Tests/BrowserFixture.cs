using System.Security.Cryptography;
using Google.Protobuf;
using Microsoft.Playwright;
using SignalExchange.Client;
using SignalExchange.Client.Credentials;
using SignalExchange.Client.Submissions;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests;
using SignalExchange.Silo.Tests.Disputes;
using SignalExchange.Silo.Tests.Signals;
using SignalExchange.TestKit;
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

    /// <summary>Where all windows are.</summary>
    public static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");

    private readonly List<ISignalExchangeClient> _clients = [];
    private readonly List<TestMember> _keys = [];
    private IPlaywright? _playwright;
    private AuditService.AuditServiceClient? _auditor;

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
            "--Exchange:Audit:Anomalies:WorkdayStart", // all but the first minute of a day is off hours
            "00:00:00",
            "--Exchange:Audit:Anomalies:WorkdayEnd",
            "00:01:00",
        ];

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
        OwnerSide = await SideOf("platform-a");
        RaiserSide = await SideOf("platform-b");
        await Judge();
        await AddOperatorKey(); // from now on weighty acts wait for another operator
        Otto = await Enrol("otto", KeyRole.Operator, isAskedBySecond: true); // so that he may approve what olga asks for
        Anna = await Enrol("anna", KeyRole.Auditor);
        Marc = await Enrol("marc", KeyRole.MemberAdministrator, "platform-a");
        await Seed(PlatformA, b, c);
        await AskForAMember("platform-d");
        await Dispute();
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
        _clients.OfType<IDisposable>().ToList().ForEach(client => client.Dispose());
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

    private async Task<ISignalExchangeClient> Join(string member, params string[] groups)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await Exchange.AddMember(member, key.ExportSubjectPublicKeyInfo(), groups);
        var credential = new MemberCredential(new MemberId(member), key);
        var client = new SignalExchangeClient(new() { Endpoint = Exchange.Address, Credential = credential });
        _clients.Add(client);
        return client;
    }

    private async Task Seed(ISignalExchangeClient a, ISignalExchangeClient b, ISignalExchangeClient c)
    {
        var now = TimeProvider.System.GetUtcNow();
        var people = Enumerable
            .Range(0, 60)
            .Select(it => Identifier.Email($"person{it}@mail.example").GetOrThrow())
            .ToList();
        foreach (var made in await a.MakeTokensAsync([.. people.Take(5)]))
        {
            Secrets.Add(made.Token);
        }

        Secrets.Add("identifier", "person1@mail.example");
        Secrets.Add("password", ConsolePerson.Password);
        foreach (var person in new[] { Olga, Otto, Anna, Marc })
        {
            Secrets.Add($"session of {person.Login}", person.SessionCookie);
            Secrets.Add($"authenticator of {person.Login}", person.Secret);
        }

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
