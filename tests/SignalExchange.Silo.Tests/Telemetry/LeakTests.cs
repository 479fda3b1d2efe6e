using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SignalExchange.Client;
using SignalExchange.Client.Errors;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Hosting;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.Silo.Tests.Signals;
using SignalExchange.Storage;
using SignalExchange.Storage.Sqlite;
using SignalExchange.TestKit.Templates;
using SignalExchange.Tokens;

namespace SignalExchange.Silo.Tests.Telemetry;

/// <summary>One known token goes through everything, failures too; then all that was exported is searched for it.</summary>
[Collection(ProcessWide.Name)]
public sealed class LeakTests : IAsyncLifetime
{
    private const string Email = "jo.example-leak-test@mail.example";
    private const string AdWord = "leaktestparlour";

    private readonly Canary _canary = new();
    private readonly RawSpans _raw = new(); // Hears of spans before the exchange's own pipeline does.
    private readonly RawLogs _rawLogs = new();
    private readonly List<string> _credentials = [];
    private readonly ExchangeFixture _exchange;
    private FailingShardStore? _store;
    private readonly Uri _operations = new($"http://127.0.0.1:{FreePort.Find()}");
    private Collector? _collector;

    public LeakTests() =>
        _exchange = new()
        {
            Replace = services =>
            {
                services.AddSingleton<IShardStore>(it => _store = new(it.GetRequiredService<SqliteExchangeStore>()));
                services.AddSingleton<ILoggerProvider>(_rawLogs);
            },
        };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _collector = await Collector.Start();
        await _exchange.Bootstrap();
        await _exchange.Start([
            .. _collector.Settings,
            "--Exchange:ListenMetrics",
            _operations.ToString(),
            "--Logging:OpenTelemetry:LogLevel:Default",
            "Trace",
        ]);
    }

    public async ValueTask DisposeAsync()
    {
        await _exchange.DisposeAsync();
        await _collector!.DisposeAsync();
        _raw.Dispose();
    }

    [Fact]
    public async Task No_token_key_or_credential_is_in_what_is_exported()
    {
        var memberKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var secret = memberKey.ExportParameters(includePrivateParameters: true).D!;
        var (made, bands) = await GoThroughEverything(memberKey);
        await FailWithCredentials(made.Token);
        _canary.Plant(_exchange.Services);
        var scraped = await Scrape();
        await _exchange.Stop(); // Exports what is left.

        var sought = new Dictionary<string, SecretForms>
        {
            ["token"] = SecretForms.Of(made.Token.ToArray()),
            ["element"] = SecretForms.Of(made.Element.Span),
            ["token of a row that was lost"] = SecretForms.Of(_store!.Lost!.Value.ToArray()),
            ["private key"] = SecretForms.Of(secret),
            ["identifier"] = SecretForms.Of(Email),
            ["canonical form"] = SecretForms.Of("jo.example-leak-test"),
            ["ad, raw and as letters"] = SecretForms.Of(AdWord),
        };
        foreach (var (place, band) in bands.Index())
        {
            sought[$"band {place}"] = SecretForms.Of(band);
        }

        foreach (var (place, part) in _credentials.SelectMany(it => it.Split('.')).Index())
        {
            sought[$"credential, part {place}"] = SecretForms.Of(part);
        }

        Assert.All(
            Collector.Signals.Select(_collector!.Received).Append(scraped),
            exported =>
            {
                Assert.All(sought, it => Assert.Empty(it.Value.FoundIn(exported)));
                Assert.NotEmpty(_canary.Forms.FoundIn(exported)); // So the search finds what is there.
            }
        );

        // And the tokens were there to be found: the runtime put them into its spans and its log.
        Assert.Contains("hex", sought["token"].FoundIn(_raw.Text));
        Assert.All(
            new[] { "hex", "hex with dashes", "base64" },
            form =>
            {
                Assert.Contains(form, Lost(sought).FoundIn(_raw.Text));
                Assert.Contains(form, Lost(sought).FoundIn(_rawLogs.Text));
            }
        );
    }

    [Fact]
    public void The_search_knows_every_form()
    {
        var forms = SecretForms.Of(RandomNumberGenerator.GetBytes(Token.Size));

        Assert.All(
            forms.Names,
            name => Assert.Contains(name, forms.FoundIn([.. "before "u8, .. forms.Written(name), .. " after"u8]))
        );
        Assert.Empty(forms.FoundIn(RandomNumberGenerator.GetBytes(10_000)));
    }

    private static SecretForms Lost(Dictionary<string, SecretForms> sought) => sought["token of a row that was lost"];

    // Then an activation fails with an exception that tells all.
    private async Task<(EvaluatedIdentifier Made, IReadOnlyList<byte[]> Bands)> GoThroughEverything(ECDsa key)
    {
        using var acts = new EveryAct(_exchange, Identifier.Email(Email).GetOrThrow(), $"{SampleAds.Room} {AdWord}");
        using var client = await acts.JoinAsync("platform-a", key);
        using var other = await acts.JoinAsync("platform-c");
        var made = await acts.WithSignalsAsync(client, other);
        await acts.WithAdsAsync(client, other);
        var bands = await acts.WithBandsAsync("platform-d");
        var lost = Identifier.Email("lost-" + Email).GetOrThrow();
        _store!.Lost = (await client.MakeTokensAsync([lost], Ct))[0].Token;
        await Assert.ThrowsAsync<SignalExchangeException>(() => client.GetAsync(lost, CheckPurpose.Registration, Ct));
        return (made, bands);
    }

    // A credential that is refused, a path that is none, and a token where none belongs.
    private async Task FailWithCredentials(Token token)
    {
        var member = await _exchange.AddMember("platform-b");
        var invoker = _exchange.InvokerFor(member, () => Remember(member.Sign(Reporter.Now)));
        var signals = new SignalService.SignalServiceClient(invoker);
        var request = new CheckRequest
        {
            KeyId = "email-1",
            Tokens = ByteString.CopyFrom(token.ToArray()[..31]),
            Purpose = CheckPurpose.Registration,
        };
        await Assert.ThrowsAsync<RpcException>(() => signals.CheckAsync(request, cancellationToken: Ct).ResponseAsync);
        var expired = _exchange.InvokerFor(
            member,
            () => Remember(member.Sign(Reporter.Now, (_, claims) => claims["aud"] = "elsewhere"))
        );
        await Assert.ThrowsAsync<RpcException>(() =>
            new SignalService.SignalServiceClient(expired).CheckAsync(request, cancellationToken: Ct).ResponseAsync
        );
        using var http = new HttpClient
        {
            DefaultRequestVersion = new(2, 0),
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        http.DefaultRequestHeaders.UserAgent.ParseAdd(token.ToKeyString());
        http.DefaultRequestHeaders.Add("tracestate", $"who={token.ToKeyString()}");
        http.DefaultRequestHeaders.Add("baggage", $"who={token.ToKeyString()}");
        using var answer = await http.GetAsync(new Uri(_exchange.Address, $"/{token.ToKeyString()}?email={Email}"), Ct);
    }

    // With exemplars, as Prometheus asks for them.
    private async Task<byte[]> Scrape()
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_operations, "/metrics"));
        request.Headers.TryAddWithoutValidation("Accept", "application/openmetrics-text; version=1.0.0");
        using var answer = await http.SendAsync(request, Ct);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsByteArrayAsync(Ct);
    }

    private string Remember(string credential)
    {
        _credentials.Add(credential);
        return credential;
    }

    private sealed class RawLogs : ILoggerProvider, ILogger
    {
        private readonly StringBuilder _text = new();
        private readonly Lock _gate = new();

        public byte[] Text
        {
            get
            {
                lock (_gate)
                {
                    return Encoding.UTF8.GetBytes(_text.ToString());
                }
            }
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            lock (_gate)
            {
                _text.AppendLine(formatter(state, exception)).AppendLine(exception?.ToString());
            }
        }

        public void Dispose() { }
    }
}
