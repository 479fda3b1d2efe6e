using SignalExchange.Client;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.Silo.Tests.Sdk;
using SignalExchange.Silo.Tests.Signals;
using SignalExchange.TestKit.Signals;
using SignalExchange.Tokens;

namespace SignalExchange.Silo.Tests.Telemetry;

/// <summary>A submission is one trace in what a collector is sent, too: nothing of it is lost or renamed on the way there.</summary>
[Collection(ProcessWide.Name)]
public sealed class ExportedTraceTests : IAsyncLifetime
{
    private readonly RawSpans _made = new(); // The platform's process has an exporter of its own; this is what it would be given.
    private readonly ExchangeFixture _exchange = new();
    private Collector? _collector;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _collector = await Collector.Start();
        await _exchange.Bootstrap();
        await _exchange.Start(_collector.Settings);
    }

    public async ValueTask DisposeAsync()
    {
        await _exchange.DisposeAsync();
        await _collector!.DisposeAsync();
        _made.Dispose();
    }

    [Fact]
    public async Task A_collector_can_follow_a_submission_from_the_platforms_call_to_the_storage()
    {
        using var client = await _exchange.Join("traced");
        await client.SubmitAsync(
            Identifier.Email("traced@mail.example").GetOrThrow(),
            Statements.Valid(Reporter.Now),
            cancellationToken: Ct
        );
        await _exchange.Stop(); // Exports what is left.

        var platform = Assert.Single(_made.All, span => span.Name == "signalexchange submit");
        var ofTrace = ExportedSpan
            .In(_collector!.Received("traces"))
            .Where(span => span.Trace == platform.Trace.ToHexString())
            .ToDictionary(span => span.Id);
        var path = PathTo(Assert.Single(ofTrace.Values, span => span.Name == "storage commit"), ofTrace);

        Assert.Equal(
            ["POST /signalexchange.v1.SignalService/Submit", "IShardGrain/SubmitNew", "shard commit", "storage commit"],
            path.Select(span => span.Name).Distinct()
        );
        Assert.Contains(_made.All, span => span.Id.ToHexString() == path[0].Parent && span.Trace == platform.Trace);
    }

    // What others' libraries put in between is left out, as in OneTraceTests.
    private static List<ExportedSpan> PathTo(ExportedSpan end, Dictionary<string, ExportedSpan> spans)
    {
        var path = new List<ExportedSpan>();
        for (var at = end; at is not null; at = spans.GetValueOrDefault(at.Parent))
        {
            if (at.Scope is not "Microsoft.Orleans.Storage")
            {
                path.Insert(0, at);
            }
        }

        return path;
    }
}
