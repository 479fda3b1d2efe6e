using System.Buffers;
using System.Text;
using SignalExchange.Client.Templates;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Demo;
using SignalExchange.Tokens.Templates;

namespace SignalExchange.Cluster.Tests;

/// <summary>An ad between three platforms and an exchange in a process of its own, which is killed twice; then everything is searched.</summary>
public sealed class AdsTests : IAsyncLifetime
{
    private const string Ad =
        "Young friendly girl new in your quarter this weekend only. Sweet company for generous gentlemen in a discreet flat "
        + "behind the market square, every evening from eight until late. Private rooms, warm welcome, no hurry and no games. "
        + "Write to the number below and ask for Marisol, the driver opens the door and takes the money first.";

    private const string Edited =
        "Y0ung friendly girI new in y\u043eur quarter th\u0456s week only!! Sweet company for generous men in a discreet flat "
        + "behind the market square, every evening from nine until late ★ Private rooms, warm welcome, no hurry, no games. "
        + "Write to the number below and ask for Daniela, the driver opens the door and takes the money first.";

    private const string Honest =
        "Used piano for sale, walnut, tuned last autumn by the man who looks after the instruments of the town hall. It stands "
        + "on the second floor and there is no lift, so bring three friends and straps. The stool and a pile of sheet music "
        + "go with it, and whoever plays something for my mother before leaving gets a discount and a piece of cake.";

    private readonly string _folder = Directory.CreateTempSubdirectory("signalexchange-ads-").FullName;
    private readonly ExchangeProcess _exchange;
    private readonly SigxProcess _sigx;
    private readonly Capture _capture;
    private readonly Dictionary<string, Platform> _platforms = [];

    public AdsTests()
    {
        _exchange = new ExchangeProcess(DataFolder, LogFile);
        _sigx = new SigxProcess(_folder, _exchange.Address);
        _capture = new Capture(CaptureFile);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string DataFolder => Path.Combine(_folder, "data");

    private string LogFile => Path.Combine(_folder, "exchange.log");

    private string CaptureFile => Path.Combine(_folder, "messages.bin");

    public async ValueTask InitializeAsync()
    {
        await _sigx.Run("keys", "new", "--out", "operator");
        await _exchange.Bootstrap(Path.Combine(_folder, "operator.pub.pem"), Ct);
        await _exchange.Start(Ct);
        await Join("platform-a", "ring");
        await Join("platform-b", "ring");
        await Join("platform-c", "other-ring");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var platform in _platforms.Values)
        {
            platform.Dispose();
        }

        await _exchange.DisposeAsync();
        _capture.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task An_edited_repost_is_found_through_crashes_until_it_is_withdrawn_and_the_text_is_nowhere()
    {
        var registered = await Client("platform-a").RegisterTemplateAsync(Ad, StatementFor("ring"), 0, null, Ct);
        Assert.True(registered.IsAccepted, $"{registered.Refusal} {registered.TextRefusal}");

        Assert.Equal(registered.Template, Assert.Single((await Match("platform-b", Edited)).Templates).Template);
        Assert.False((await Match("platform-b", Honest)).IsMatch);
        Assert.False((await Match("platform-c", Edited)).IsMatch);
        Assert.False((await Match("platform-c", Ad)).IsMatch);

        await Restart();
        Assert.Equal(registered.Template, Assert.Single((await Match("platform-b", Edited)).Templates).Template);
        var withdrawn = await Client("platform-a")
            .WithdrawTemplateAsync(registered.Template, RetractionReason.AppealUpheld, null, Ct);
        Assert.True(withdrawn.IsAccepted);
        Assert.False((await Match("platform-b", Edited)).IsMatch);

        await Restart();
        Assert.False((await Match("platform-b", Ad)).IsMatch);

        var asked = await TokensOf(Honest);
        var reported = await TokensOf(Ad);
        await _exchange.Kill();
        SearchFor(asked, reported);
    }

    [Fact]
    public async Task Sigx_registers_matches_grows_and_withdraws()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "ad.txt"), Ad, Ct);
        await File.WriteAllTextAsync(Path.Combine(_folder, "edited.txt"), Edited, Ct);
        await File.WriteAllTextAsync(Path.Combine(_folder, "honest.txt"), Honest, Ct);
        await File.WriteAllTextAsync(Path.Combine(_folder, "short.txt"), "Call me.", Ct);
        foreach (var member in new[] { "sigx-a", "sigx-b" })
        {
            await _sigx.Run("keys", "new", "--out", member);
            await Operator("member", "add", member, "--public-key", member + ".pub.pem");
        }

        var registered = await As("sigx-a", "ad", "register", "ad.txt", "--category", "CSE_TRAFFICKING");
        var template = registered.Json[0]!["template"]!.GetValue<string>();
        var matched = await As("sigx-b", "ad", "match", "edited.txt", "honest.txt", "--purpose", "CONTENT_REVIEW");
        var grown = await As(
            "sigx-b",
            "ad",
            "register",
            "edited.txt",
            "--under",
            template,
            "--category",
            "CSE_TRAFFICKING"
        );
        var signals = await As("sigx-b", "ad", "get", template, "--purpose", "TEST");
        var withdrawn = await As("sigx-a", "ad", "withdraw", template, "--reason", "FALSE_POSITIVE");
        var refused = await As("sigx-b", "ad", "match", "short.txt", "--purpose", "TEST");
        var nonsense = await As("sigx-b", "ad", "get", "nonsense", "--purpose", "TEST");

        Assert.Equal((0, "accepted"), (registered.ExitCode, registered.Json[0]!["outcome"]!.GetValue<string>()));
        Assert.NotEqual("None", matched.Json[0]!["match"]!.GetValue<string>());
        Assert.Equal(template, matched.Json[0]!["templates"]![0]!["template"]!.GetValue<string>());
        Assert.Equal("None", matched.Json[1]!["match"]!.GetValue<string>());
        Assert.Equal((0, template), (grown.ExitCode, grown.Json[0]!["template"]!.GetValue<string>()));
        Assert.Equal(2, signals.Json[0]!["signals"]!.AsArray().Count);
        Assert.Equal(0, withdrawn.ExitCode);
        Assert.Equal((1, "AD_TOO_SHORT"), (refused.ExitCode, refused.Json[0]!["refused"]!.GetValue<string>()));
        Assert.Equal(2, nonsense.ExitCode);
        Assert.DoesNotContain("Marisol", registered.Output + matched.Output + grown.Output, StringComparison.Ordinal);
    }

    /// <summary>Searches what was stored, logged and sent for what must not be there, and for what must, so that the search is one.</summary>
    private void SearchFor(IReadOnlyList<Token> asked, IReadOnlyList<Token> reported)
    {
        var secrets = SearchValues.Create(
            [.. new[] { Ad, Edited, Honest }.SelectMany(AdNeedles.Of).Distinct(StringComparer.Ordinal)],
            StringComparison.Ordinal
        );
        var askedTokens = NeedlesOf(asked.Except(reported));
        var stored = Directory.EnumerateFiles(DataFolder, "*", SearchOption.AllDirectories).ToList();
        foreach (var file in stored.Append(LogFile).Append(CaptureFile))
        {
            Assert.False(Read(file).AsSpan().ContainsAny(secrets), $"{Path.GetFileName(file)} holds some of an ad.");
        }

        foreach (var file in stored.Append(LogFile))
        {
            Assert.False(
                Read(file).AsSpan().ContainsAny(askedTokens),
                $"{file} holds a token that was only asked about."
            );
        }

        var reportedTokens = NeedlesOf(reported);
        Assert.Contains(stored, file => Read(file).AsSpan().ContainsAny(reportedTokens));
        Assert.False(Read(LogFile).AsSpan().ContainsAny(reportedTokens), "The log holds a band's token.");
        Assert.True(Read(CaptureFile).AsSpan().ContainsAny(askedTokens), "Nothing was captured.");
    }

    private static SearchValues<string> NeedlesOf(IEnumerable<Token> tokens) =>
        SearchValues.Create(
            [
                .. tokens.SelectMany(token =>
                    new[] { Encoding.Latin1.GetString(token.ToArray().AsSpan(0, 16)), token.ToKeyString()[..32] }
                ),
            ],
            StringComparison.Ordinal
        );

    private static string Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return Encoding.Latin1.GetString(copy.ToArray());
    }

    private async Task<IReadOnlyList<Token>> TokensOf(string ad)
    {
        var tokens = await Client("platform-b").MakeTokensAsync(AdSketch.From(ad).GetOrThrow().BandInputs, Ct);
        return [.. tokens.Select(evaluated => evaluated.Token)];
    }

    private async Task Restart()
    {
        await _exchange.Kill();
        await _exchange.Start(Ct);
    }

    private async Task Join(string member, string group)
    {
        var platform = new Platform(member, _exchange.Address, _capture);
        _platforms.Add(member, platform);
        var file = member + ".pem";
        await File.WriteAllTextAsync(Path.Combine(_folder, file), platform.PublicKeyPem, Ct);
        var added = await Operator("member", "add", member, "--public-key", file, "--group", group);
        Assert.Equal(0, added.ExitCode);
    }

    private Task<SigxResult> Operator(params string[] args) => _sigx.As("consortium", "operator", args);

    private Task<SigxResult> As(string member, params string[] args) => _sigx.As(member, member, args);

    private Client.SignalExchangeClient Client(string member) => _platforms[member].Client;

    private Task<AdMatchResult> Match(string member, string text) =>
        Client(member).MatchAdAsync(text, CheckPurpose.ContentReview, AdSearch.Whole, Ct);

    private static SignalStatement StatementFor(string group)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new SignalStatement
        {
            Status = SignalStatus.Confirmed,
            Severity = Severity.Severe,
            Confidence = 80,
            Precision = Precision.High,
            ReviewStatus = ReviewStatus.ReviewedManually,
            Categories = { ExploitationCategory.CseTrafficking },
            SubjectRole = SubjectRole.Advertiser,
            VictimAgeBand = VictimAgeBand._13To17,
            EvidenceBasis = { EvidenceBasis.Content },
            DetectionMethod = DetectionMethod.HumanReview,
            ActionsTaken = { AccountAction.AdRejected },
            ActionAutomation = ActionAutomation.NotAutomated,
            ActionTime = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(now),
            ExpiresAt = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(now.AddDays(100)),
            Audience = new Audience { ShareLevel = ShareLevel.Amber, GroupIds = { group } },
            PermittedAction = PermittedAction.ReviewRequired,
        };
    }
}
