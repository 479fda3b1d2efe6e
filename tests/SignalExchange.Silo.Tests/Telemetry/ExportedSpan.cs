using Google.Protobuf;

namespace SignalExchange.Silo.Tests.Telemetry;

/// <summary>A span as a collector is sent it: what tests ask for of opentelemetry-proto's trace.proto.</summary>
/// <param name="Scope">The source that made it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Trace">The trace's id, in hexadecimal.</param>
/// <param name="Id">Its id, in hexadecimal.</param>
/// <param name="Parent">Its parent's, empty for a root.</param>
internal sealed record ExportedSpan(string Scope, string Name, string Trace, string Id, string Parent)
{
    // The numbers of fields: ExportTraceServiceRequest.resource_spans, ResourceSpans.scope_spans, ScopeSpans.scope and .spans,
    // InstrumentationScope.name, Span.trace_id, .span_id, .parent_span_id and .name.
    private const int ResourceSpans = 1;
    private const int ScopeSpans = 2;
    private const int ScopeOfSpans = 1;
    private const int Spans = 2;
    private const int NameOfScope = 1;
    private const int TraceId = 1;
    private const int SpanId = 2;
    private const int ParentSpanId = 4;
    private const int NameOfSpan = 5;

    /// <summary>Returns the spans of requests, one behind the other: as messages of protobuf they are one.</summary>
    public static IReadOnlyList<ExportedSpan> In(byte[] requests) =>
        [
            .. Fields(ByteString.CopyFrom(requests), ResourceSpans)
                .SelectMany(resource => Fields(resource, ScopeSpans))
                .SelectMany(scope =>
                    Fields(scope, Spans).Select(span => Read(span, Fields(scope, ScopeOfSpans).Single()))
                ),
        ];

    private static ExportedSpan Read(ByteString span, ByteString scope) =>
        new(
            Fields(scope, NameOfScope).Single().ToStringUtf8(),
            Fields(span, NameOfSpan).Single().ToStringUtf8(),
            HexOf(span, TraceId),
            HexOf(span, SpanId),
            HexOf(span, ParentSpanId)
        );

    private static string HexOf(ByteString span, int field) =>
        Convert.ToHexStringLower(Fields(span, field).SingleOrDefault(ByteString.Empty).Span);

    private static IEnumerable<ByteString> Fields(ByteString message, int number)
    {
        var wanted = WireFormat.MakeTag(number, WireFormat.WireType.LengthDelimited);
        var input = message.CreateCodedInput();
        for (var tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            if (tag == wanted)
            {
                yield return input.ReadBytes();
            }
            else
            {
                input.SkipLastField();
            }
        }
    }
}
