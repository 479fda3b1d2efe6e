using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using SignalExchange.Client.Errors;
using SignalExchange.Client.Tests.Server;
using SignalExchange.Contracts.Taxonomy;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Tests.Telemetry;

/// <summary>What is measured, and that its tags come from closed sets.</summary>
[Collection(nameof(TelemetryTests))]
public sealed class TelemetryTests : IAsyncLifetime, IDisposable
{
    private static readonly HashSet<string> KnownTags =
    [
        "signalexchange.operation",
        "signalexchange.indicator_type",
        "signalexchange.items",
        "signalexchange.result",
        "error.type",
    ];

    private static readonly HashSet<string> Operations =
    [
        "make_tokens",
        "check",
        "check_tokens",
        "get",
        "submit",
        "withdraw",
    ];

    private readonly ConcurrentQueue<Measured> _measured = new();
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly MeterListener _meters = new();
    private readonly ActivityListener _activities;
    private TestExchange? _exchange;

    public TelemetryTests()
    {
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == SignalExchangeClient.TelemetryName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _meters.Start();
        _activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name == SignalExchangeClient.TelemetryName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_activities);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TestExchange Exchange => _exchange!;

    public async ValueTask InitializeAsync() => _exchange = await TestExchange.StartAsync();

    public ValueTask DisposeAsync() => Exchange.DisposeAsync();

    public void Dispose()
    {
        _meters.Dispose();
        _activities.Dispose();
    }

    [Fact]
    public async Task Calls_batches_and_the_cache_are_measured()
    {
        var client = Exchange.Join("platform-a");

        await client.MakeTokensAsync([.. Samples.Emails(3)], Ct);
        await client.CheckBatchAsync([.. Samples.Emails(4), Samples.Url(1)], CheckPurpose.Test, cancellationToken: Ct);

        Assert.Equal(2, Values("signalexchange.client.operation.duration").Count(seconds => seconds is > 0 and < 60));
        Assert.Equal([3.0, 5.0], Values("signalexchange.client.items").Order());
        Assert.Equal(2, Values("signalexchange.client.batches", "signalexchange.operation", "check").Sum());
        Assert.Equal(3, Values("signalexchange.client.token_cache.lookups", "signalexchange.result", "hit").Sum());
        Assert.Equal(5, Values("signalexchange.client.token_cache.lookups", "signalexchange.result", "miss").Sum());
        Assert.Equal(
            ["signalexchange check", "signalexchange make_tokens"],
            _spans.Select(span => span.OperationName).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_failure_is_named_by_its_reason()
    {
        var client = Exchange.Join("platform-a");
        Exchange.Script.Fail("Check", () => Failures.Of(ErrorReason.MemberSuspended));

        await Assert.ThrowsAsync<SignalExchangeException>(() =>
            client.CheckAsync(Samples.Email(1), CheckPurpose.Test, Ct)
        );

        var failed = _measured.Single(measured => measured.Name == "signalexchange.client.operation.duration");
        Assert.Equal("MEMBER_SUSPENDED", failed.Tags["error.type"]);
        Assert.Equal(ActivityStatusCode.Error, Assert.Single(_spans).Status);
    }

    [Fact]
    public async Task Tags_come_from_closed_sets()
    {
        var client = Exchange.Join("platform-a", options => options.BatchSize = 2);
        var identifiers = Samples.Emails(5).ToList();
        await client
            .SubmitManyAsync(identifiers.Select(email => Samples.Submission(email)).ToAsyncEnumerable(), Ct)
            .ToListAsync(Ct);
        await client.CheckManyAsync(identifiers.ToAsyncEnumerable(), CheckPurpose.Test, Ct).ToListAsync(Ct);
        await client.GetAsync(identifiers, CheckPurpose.Test, Ct);
        await client.WithdrawAsync(identifiers[0], RetractionReason.Duplicate, cancellationToken: Ct);
        var token = (await client.MakeTokensAsync(identifiers, Ct))[0];
        await client.CheckTokensAsync(token.KeyId, [token.Token], CheckPurpose.Test, cancellationToken: Ct);

        var tags = _measured
            .SelectMany(measured => measured.Tags)
            .Concat(_spans.SelectMany(span => span.TagObjects))
            .ToList();

        Assert.Equal(
            Operations,
            tags.Where(tag => tag.Key == "signalexchange.operation").Select(tag => (string)tag.Value!).ToHashSet()
        );
        Assert.Empty(tags.Select(tag => tag.Key).Except(KnownTags));
        Assert.All(
            tags.Where(tag => tag.Key == "signalexchange.indicator_type"),
            tag => Assert.Contains(IndicatorTypes.All, type => type.ToString() == (string)tag.Value!)
        );
        Assert.All(
            tags.Where(tag => tag.Key == "signalexchange.result"),
            tag => Assert.Contains((string)tag.Value!, new[] { "hit", "miss" })
        );
    }

    private IEnumerable<double> Values(string name, string? tag = null, string? value = null) =>
        _measured
            .Where(measured =>
                measured.Name == name && (tag is null || (string?)measured.Tags.GetValueOrDefault(tag) == value)
            )
            .Select(measured => measured.Value);

    private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _measured.Enqueue(new Measured(instrument.Name, value, tags.ToArray().ToDictionary()));

    private sealed record Measured(string Name, double Value, Dictionary<string, object?> Tags);
}
