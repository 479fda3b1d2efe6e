using System.Text;
using SignalExchange.Client.Tests.Server;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens;

namespace SignalExchange.Client.Tests.Privacy;

/// <summary>Whatever is called, nothing raw leaves the process: neither in messages, nor in headers, logs, exceptions or texts.</summary>
public sealed class LeakTests : IAsyncLifetime
{
    private const string Local = "very.unusual.person";
    private const string Host = "unusual-host.example";
    private const string Number = "2025550143";
    private const string Path = "unusual-path";

    private readonly CapturingHandler _capture = new();
    private readonly CollectingLoggers _log = new();
    private TestExchange? _exchange;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TestExchange Exchange => _exchange!;

    private static List<Identifier> Identifiers =>
        [
            Identifier.Email($"{Local}@{Host}").GetOrThrow(),
            Identifier.Phone($"+1{Number}").GetOrThrow(),
            Identifier.Url($"https://{Host}/{Path}").GetOrThrow(),
        ];

    public async ValueTask InitializeAsync() => _exchange = await TestExchange.StartAsync();

    public ValueTask DisposeAsync() => Exchange.DisposeAsync();

    [Fact]
    public async Task No_raw_identifier_is_in_what_is_sent_or_logged()
    {
        var client = Exchange.Join(
            "platform-a",
            options => (options.CreateHandler, options.Loggers) = (() => _capture, _log)
        );

        await DoEverything(client);

        Assert.True(_capture.Sent.Length > 1000, "Nothing was captured.");
        Assert.Contains("platform-a", Encoding.ASCII.GetString(_capture.Headers.ToArray()), StringComparison.Ordinal);
        foreach (var secret in Secrets())
        {
            Assert.Equal(-1, IndexOf(_capture.Sent, secret));
            Assert.Equal(-1, IndexOf(_capture.Headers, secret));
            Assert.Equal(-1, IndexOf(Encoding.UTF8.GetBytes(string.Join('\n', _log.Messages)), secret));
        }
    }

    [Fact]
    public async Task The_search_finds_what_is_there()
    {
        var client = Exchange.Join("platform-a", options => options.CreateHandler = () => _capture);
        var token = (await client.MakeTokensAsync([Identifiers[0]], Ct))[0];
        await client.CheckAsync(Identifiers[0], CheckPurpose.Test, Ct);

        Assert.NotEqual(-1, IndexOf(_capture.Sent, token.Token.ToArray()));
    }

    [Fact]
    public async Task Results_and_exceptions_print_no_identifier()
    {
        var client = Exchange.Join("platform-a");
        var texts = new List<string>();
        var submission = Samples.Submission(Identifiers[0]);
        texts.Add(submission.ToString());
        texts.Add(new Client.Submissions.SignalWithdrawal(Identifiers[1], RetractionReason.Duplicate).ToString());
        texts.Add((await client.SubmitAsync(submission, Ct)).ToString());
        texts.AddRange(
            (await client.CheckBatchAsync(Identifiers, CheckPurpose.Test, cancellationToken: Ct)).Select(result =>
                result.ToString()
            )
        );
        texts.AddRange((await client.MakeTokensAsync(Identifiers, Ct)).Select(token => token.ToString()));
        Exchange.Script.Fail("Check", () => Failures.Of(ErrorReason.Internal));
        texts.Add(
            (
                await Assert.ThrowsAnyAsync<Exception>(() =>
                    client.CheckBatchAsync(Identifiers, CheckPurpose.Test, cancellationToken: Ct)
                )
            ).ToString()
        );

        var all = Encoding.UTF8.GetBytes(string.Join('\n', texts));
        Assert.All(Secrets(), secret => Assert.Equal(-1, IndexOf(all, secret)));
        Assert.Contains("identifier:email", texts[0], StringComparison.Ordinal);
    }

    private static async Task DoEverything(SignalExchangeClient client)
    {
        var submissions = Identifiers.Select(identifier => Samples.Submission(identifier)).ToList();
        await client.SubmitBatchAsync(submissions, Ct);
        await client.SubmitManyAsync(submissions.ToAsyncEnumerable(), Ct).ToListAsync(Ct);
        await client.CheckBatchAsync(Identifiers, CheckPurpose.Test, cancellationToken: Ct);
        await client.CheckManyAsync(Identifiers.ToAsyncEnumerable(), CheckPurpose.Test, Ct).ToListAsync(Ct);
        await client.GetAsync(Identifiers, CheckPurpose.Test, Ct);
        await client.WithdrawBatchAsync(
            [
                .. Identifiers.Select(identifier => new Client.Submissions.SignalWithdrawal(
                    identifier,
                    RetractionReason.Duplicate
                )),
            ],
            Ct
        );
    }

    /// <summary>Raw and canonical forms, in the encodings that a careless program would use.</summary>
    private static IEnumerable<byte[]> Secrets() =>
        new[] { Local, Host, Number, Path }.SelectMany(text =>
            new[]
            {
                Encoding.UTF8.GetBytes(text),
                Encoding.Unicode.GetBytes(text),
                Encoding.UTF8.GetBytes(text.ToUpperInvariant()),
                Encoding.UTF8.GetBytes(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text))),
                Encoding.UTF8.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(text))[..8]),
            }
        );

    private static int IndexOf(ReadOnlyMemory<byte> text, byte[] part) => text.Span.IndexOf(part);
}
