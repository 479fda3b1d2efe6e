using SignalExchange.Client;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.Silo.Tests.Sdk;
using SignalExchange.Silo.Tests.Signals;
using SignalExchange.TestKit.Signals;
using SignalExchange.Tokens;

namespace SignalExchange.Silo.Tests.Telemetry;

/// <summary>A submission is one trace, from the platform's call to the storage's transaction.</summary>
[Collection(ProcessWide.Name)]
public sealed class OneTraceTests(ExchangeFixture exchange) : IClassFixture<ExchangeFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task From_the_sdk_through_grpc_grain_and_shard_to_the_storage()
    {
        using var spans = new RawSpans();
        using var client = await exchange.Join("traced");

        await client.SubmitAsync(Email(1), Statements.Valid(Reporter.Now), cancellationToken: Ct);

        Assert.Equal(
            ["signalexchange.v1.SignalService/Submit", "IShardGrain/SubmitNew", "shard commit", "storage commit"],
            NamesTo(Assert.Single(spans.All, span => span.Name == "storage commit"), spans)
        );
    }

    [Fact]
    public async Task A_revision_goes_through_its_indicators_grain()
    {
        using var client = await exchange.Join("revises");
        await client.SubmitAsync(Email(2), Statements.Valid(Reporter.Now), cancellationToken: Ct);
        using var spans = new RawSpans();

        await client.SubmitAsync(
            Email(2),
            Statements.Valid(Reporter.Now, statement => statement.Confidence = 10),
            cancellationToken: Ct
        );

        Assert.Equal(
            [
                "signalexchange.v1.SignalService/Submit",
                "IIndicatorGrain/Submit",
                "IShardGrain/Write",
                "shard commit",
                "storage commit",
            ],
            NamesTo(Assert.Single(spans.All, span => span.Name == "storage commit"), spans)
        );
    }

    private static Identifier Email(int number) => Identifier.Email($"traced-{number}@mail.example").GetOrThrow();

    // Between the platform's span and the storage's: what others put in between, and the two spans that a call of a grain has, are left out.
    private static IEnumerable<string> NamesTo(RawSpans.Span end, RawSpans spans)
    {
        var path = PathTo(end, spans);
        Assert.Equal("signalexchange submit", path[0].Name);
        return path.Skip(1)
            .Where(span => !span.Source.StartsWith("System.Net", StringComparison.Ordinal))
            .Where(span => span.Source is not ("Grpc.Net.Client" or "Microsoft.Orleans.Storage"))
            .Select(span => span.Name)
            .Distinct();
    }

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
}
