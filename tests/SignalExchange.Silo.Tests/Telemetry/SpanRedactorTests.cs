using System.Diagnostics;
using System.Security.Cryptography;
using SignalExchange.Silo.Telemetry;

namespace SignalExchange.Silo.Tests.Telemetry;

/// <summary>What is left of a span.</summary>
public sealed class SpanRedactorTests : IDisposable
{
    private static readonly string Token = Convert.ToHexStringLower(SHA256.HashData("a token"u8));

    private readonly SpanRedactor _redactor = new();
    private readonly Activity _span = new Activity("span").Start();

    public SpanRedactorTests() => _span.ActivityTraceFlags = ActivityTraceFlags.Recorded;

    public void Dispose()
    {
        _span.Dispose();
        _redactor.Dispose();
    }

    [Fact]
    public void An_attribute_that_nobody_named_is_dropped()
    {
        Redact(span =>
            span.SetTag("url.path", "/anything").SetTag("client.address", "192.0.2.1").SetTag("rpc.method", "a/B")
        );

        Assert.Equal([new("rpc.method", "a/B")], _span.TagObjects);
    }

    [Fact]
    public void A_grain_is_named_by_its_type()
    {
        Redact(span => span.SetTag("orleans.rpc.target_id", $"signalexchange.indicator/{Token}"));

        Assert.Equal("signalexchange.indicator", _span.GetTagItem("orleans.rpc.target_id"));
    }

    [Fact]
    public void Names_descriptions_and_exceptions_are_cut()
    {
        Redact(span =>
        {
            span.DisplayName = $"read {Token}";
            span.SetTag("exception.message", $"Row {Token} is lost.");
            span.SetStatus(ActivityStatusCode.Error, $"Row {Token} is lost.");
        });

        Assert.Equal($"read token:{Token[..8]}", _span.DisplayName);
        Assert.Equal($"Row token:{Token[..8]} is lost.", _span.GetTagItem("exception.message"));
        Assert.Equal($"Row token:{Token[..8]} is lost.", _span.StatusDescription);
        Assert.True(_span.Recorded);
    }

    [Fact]
    public void A_value_that_is_no_text_or_number_is_dropped()
    {
        Redact(span => span.SetTag("signalexchange.items", new byte[32]).SetTag("signalexchange.shard", 17));

        Assert.Equal([new("signalexchange.shard", 17)], _span.TagObjects);
    }

    [Fact]
    public void A_span_with_an_event_that_would_have_to_be_cut_is_withheld()
    {
        Redact(span => span.AddException(new InvalidOperationException($"Row {Token} is lost.")));

        Assert.False(_span.Recorded);
    }

    [Fact]
    public void A_span_with_an_event_that_tells_nothing_goes_out()
    {
        Redact(span => span.AddEvent(new ActivityEvent("state-valid")));

        Assert.True(_span.Recorded);
    }

    [Fact]
    public void A_span_with_a_link_that_carries_a_state_is_withheld()
    {
        var context = new ActivityContext(
            ActivityTraceId.CreateRandom(),
            ActivitySpanId.CreateRandom(),
            default,
            Token
        );

        Redact(span => span.AddLink(new ActivityLink(context)));

        Assert.False(_span.Recorded);
    }

    [Fact]
    public void What_a_caller_wrote_beside_its_trace_is_dropped()
    {
        _span.TraceStateString = $"who={Token}";

        _redactor.OnStart(_span);

        Assert.Null(_span.TraceStateString);
    }

    private void Redact(Action<Activity> change)
    {
        change(_span);
        _span.Stop();
        _redactor.OnEnd(_span);
    }
}
