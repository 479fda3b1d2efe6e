using System.Diagnostics.CodeAnalysis;
using SignalExchange.Grains.StoredV1;
using SignalExchange.Storage;

namespace SignalExchange.Grains.Templates;

/// <summary>Reads templates out of the details that grains write.</summary>
internal sealed class TemplateChangeReader : ITemplateChangeReader
{
    // The tag of a field: its number and, in three bits, that a length follows. A oneof has one field, so it is the first byte.
    private const byte TemplateTag = (IndicatorChange.TemplateFieldNumber << 3) | 2;

    /// <inheritdoc/>
    public bool TryRead(ReadOnlyMemory<byte> detail, [NotNullWhen(true)] out TemplateChange? change)
    {
        change = null;
        if (detail.IsEmpty || detail.Span[0] != TemplateTag)
        {
            return false;
        }

        var grown = IndicatorChange.Parser.ParseFrom(detail.Span).Template;
        change = new(
            grown.RegisteredAt.ToDateTimeOffset(),
            grown.Submitted?.Owner ?? "",
            (int)grown.FirstSketch,
            [.. grown.Sketches.Select(sketch => sketch.Memory)]
        );
        return true;
    }
}
