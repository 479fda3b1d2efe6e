using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using SignalExchange.Storage;

namespace SignalExchange.Index.Tests.Templates;

/// <summary>Reads details in an encoding of the tests' own: mark, time, owner of one letter, first sketch, sketches.</summary>
internal sealed class TestTemplateReader : ITemplateChangeReader
{
    public const byte Mark = 0x54;
    public const int HeadSize = 11;

    public bool TryRead(ReadOnlyMemory<byte> detail, [NotNullWhen(true)] out TemplateChange? change)
    {
        change = null;
        if (detail.IsEmpty || detail.Span[0] != Mark)
        {
            return false;
        }

        change = new(
            new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(detail.Span[1..]), TimeSpan.Zero),
            ((char)detail.Span[9]).ToString(),
            detail.Span[10],
            [
                .. Enumerable
                    .Range(0, (detail.Length - HeadSize) / TemplateChange.SketchSize)
                    .Select(i => detail.Slice(HeadSize + (i * TemplateChange.SketchSize), TemplateChange.SketchSize)),
            ]
        );
        return true;
    }
}
