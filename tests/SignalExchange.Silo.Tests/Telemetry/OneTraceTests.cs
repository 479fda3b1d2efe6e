using System.Diagnostics;
using System.Security.Cryptography;
using SignalExchange.Client;
using SignalExchange.Client.Credentials;
using SignalExchange.Client.Options;
using SignalExchange.Contracts;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.Silo.Tests.Signals;
using SignalExchange.TestKit.Signals;
using SignalExchange.Tokens;

namespace SignalExchange.Silo.Tests.Telemetry;

/// <summary>A submission is one trace, from the platform's call to the storage's transaction.</summary>
public sealed class OneTraceTests(ExchangeFixture exchange) : IClassFixture<ExchangeFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task From_the_sdk_through_grpc_grain_and_shard_to_the_storage()
    {
        using var spans = new RawSpans();
        using var client = await Join("traced");

        await client.SubmitAsync(Email(1), Statements.Valid(Reporter.Now), cancellationToken: Ct);

        var storage = Assert.Single(spans.All, span => span.Name == "storage commit");
        var path = PathTo(storage, spans).Select(span => span.Name).ToList();
        Assert.Equal("signalexchange submit", path[0]);
        Assert.Equal(
            [
                "signalexchange.v1.SignalService/Submit",
                "IIndicatorGrain/Submit",
                "IShardGrain/Write",
                "shard commit",
                "storage commit",
            ],
            path.Where(name => !name.StartsWith("signalexchange ", StringComparison.Ordinal))
                .Where(name => name is not ("POST" or "write storage" or "Grpc.Net.Client.GrpcOut"))
                .Where(name => !name.StartsWith("System.Net", StringComparison.Ordinal))
                .Distinct() // A call of a grain is a span of the caller's and one of the grain's.
        );
    }

    [Fact]
    public async Task Writes_that_share_a_commit_are_linked_with_it()
    {
        using var spans = new RawSpans();
        using var client = await Join("linked");
        var identifiers = Enumerable.Range(0, 2_000).Select(Email).ToList();

        await client.SubmitBatchAsync(
            [.. identifiers.Select(it => new Client.Submissions.SignalSubmission(it, Statements.Valid(Reporter.Now)))],
            Ct
        );

        var shared = spans.All.Where(span => span.Name == "shard commit" && span.Links.Count > 0).ToList();
        Assert.NotEmpty(shared); // 2,000 writes over 256 shards: some wait for another's commit.
        var writes = spans.All.Where(span => span.Name == "IShardGrain/Write").ToLookup(span => span.Id);
        Assert.All(
            shared,
            commit => Assert.All(commit.Links, link => Assert.Contains(commit.Id, Assert.Single(writes[link]).Links))
        );
    }

    private static Identifier Email(int number) => Identifier.Email($"traced-{number}@mail.example").GetOrThrow();

    // From the root to the span.
    private static List<RawSpans.Span> PathTo(RawSpans.Span end, RawSpans spans)
    {
        var byId = spans.All.Where(span => span.Trace == end.Trace).ToDictionary(span => span.Id);
        var path = new List<RawSpans.Span>();
        for (var at = end; at is not null; at = byId.GetValueOrDefault(at.Parent))
        {
            path.Insert(0, at);
        }

        return path;
    }

    private async Task<SignalExchangeClient> Join(string member)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await exchange.AddMember(member, key.ExportSubjectPublicKeyInfo());
        return new(
            new SignalExchangeClientOptions
            {
                Endpoint = exchange.Address,
                Credential = new MemberCredential(new MemberId(member), key),
            }
        );
    }
}
