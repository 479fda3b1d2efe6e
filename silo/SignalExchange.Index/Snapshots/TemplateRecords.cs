using System.Buffers.Binary;
using SignalExchange.Contracts;
using SignalExchange.Index.Templates;

namespace SignalExchange.Index.Snapshots;

/// <summary>Templates, sketches and slots as they are written down; all numbers little-endian.</summary>
/// <remarks>
/// <code>
/// template  32 bytes token, 4 last sketch, 4 hours, 8 zero
/// sketch     4 bytes template, 4 place, 4 next, 4 owner
/// slot       8 bytes: fingerprint in the upper half, number plus one in the lower
/// </code>
/// </remarks>
internal static class TemplateRecords
{
    private const int TemplateBytes = 48;
    private const int SketchBytes = 16;

    public static byte[] Pack(IReadOnlyList<TemplateEntry> templates)
    {
        var packed = new byte[templates.Count * TemplateBytes];
        for (var number = 0; number < templates.Count; number++)
        {
            var record = packed.AsSpan(number * TemplateBytes, TemplateBytes);
            var template = templates[number];
            template.Token.CopyTo(record);
            BinaryPrimitives.WriteUInt32LittleEndian(record[32..], template.LastSketch);
            BinaryPrimitives.WriteUInt32LittleEndian(record[36..], template.RegisteredHours);
        }

        return packed;
    }

    public static byte[] Pack(IReadOnlyList<SketchEntry> sketches)
    {
        var packed = new byte[sketches.Count * SketchBytes];
        for (var number = 0; number < sketches.Count; number++)
        {
            var record = packed.AsSpan(number * SketchBytes, SketchBytes);
            var sketch = sketches[number];
            BinaryPrimitives.WriteUInt32LittleEndian(record, sketch.Template);
            BinaryPrimitives.WriteInt32LittleEndian(record[4..], sketch.Place);
            BinaryPrimitives.WriteUInt32LittleEndian(record[8..], sketch.Next);
            BinaryPrimitives.WriteUInt32LittleEndian(record[12..], sketch.Owner);
        }

        return packed;
    }

    public static byte[] Pack(IReadOnlyCollection<ulong> slots)
    {
        var packed = new byte[slots.Count * sizeof(ulong)];
        var rest = packed.AsSpan();
        foreach (var slot in slots)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(rest, slot);
            rest = rest[sizeof(ulong)..];
        }

        return packed;
    }

    public static void ReadTemplates(ReadOnlySpan<byte> packed, List<TemplateEntry> templates)
    {
        for (; packed.Length >= TemplateBytes; packed = packed[TemplateBytes..])
        {
            templates.Add(
                new(
                    new Token(packed[..Token.Size]),
                    BinaryPrimitives.ReadUInt32LittleEndian(packed[32..]),
                    BinaryPrimitives.ReadUInt32LittleEndian(packed[36..])
                )
            );
        }
    }

    public static void ReadSketches(ReadOnlySpan<byte> packed, List<SketchEntry> sketches)
    {
        for (; packed.Length >= SketchBytes; packed = packed[SketchBytes..])
        {
            sketches.Add(
                new(
                    BinaryPrimitives.ReadUInt32LittleEndian(packed),
                    BinaryPrimitives.ReadInt32LittleEndian(packed[4..]),
                    BinaryPrimitives.ReadUInt32LittleEndian(packed[8..]),
                    BinaryPrimitives.ReadUInt32LittleEndian(packed[12..])
                )
            );
        }
    }

    public static void ReadSlots(ReadOnlySpan<byte> packed, BandTable table)
    {
        for (; packed.Length >= sizeof(ulong); packed = packed[sizeof(ulong)..])
        {
            table.AddSlot(BinaryPrimitives.ReadUInt64LittleEndian(packed));
        }
    }
}
