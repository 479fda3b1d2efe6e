using System.Buffers;
using System.Buffers.Binary;

namespace SignalExchange.TransparencyLog.Tiles;

/// <summary>The framing of detail bundles, which is ours: each sealed detail after its length, a big-endian uint32.</summary>
/// <remarks>
/// The detail at place i of bundle N belongs to entry 256 · N + i. A length of 0 stands for a detail that was erased: no sealed
/// detail is empty. A bundle that is gone stands for 256 of them.
/// </remarks>
public static class DetailBundle
{
    /// <summary>The most bytes that a sealed detail can have: 4 MiB.</summary>
    public const int MaxDetailBytes = 4 << 20;

    /// <summary>Writes a detail.</summary>
    /// <param name="destination">Where it goes.</param>
    /// <param name="detail">At most <see cref="MaxDetailBytes"/>; empty for one that was erased.</param>
    /// <exception cref="ArgumentException">The detail is longer.</exception>
    public static void Write(IBufferWriter<byte> destination, ReadOnlySpan<byte> detail)
    {
        if (detail.Length > MaxDetailBytes)
        {
            throw new ArgumentException(
                $"A sealed detail has at most {MaxDetailBytes} bytes, got {detail.Length}.",
                nameof(detail)
            );
        }

        BinaryPrimitives.WriteInt32BigEndian(destination.GetSpan(sizeof(int)), detail.Length);
        destination.Advance(sizeof(int));
        destination.Write(detail);
    }

    /// <summary>Takes the next detail off a bundle.</summary>
    /// <param name="rest">What is left of the bundle; unchanged if there is no whole detail at its front.</param>
    /// <param name="detail">The detail: a part of the bundle, not a copy; empty if it was erased.</param>
    /// <returns>False at the end, and where the bundle is cut off or states too great a length: then something is left.</returns>
    public static bool TryRead(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> detail)
    {
        detail = default;
        if (
            !BinaryPrimitives.TryReadUInt32BigEndian(rest, out var length)
            || length > MaxDetailBytes
            || length > rest.Length - sizeof(uint)
        )
        {
            return false;
        }

        detail = rest.Slice(sizeof(uint), (int)length);
        rest = rest[(sizeof(uint) + (int)length)..];
        return true;
    }

    /// <summary>Reads a bundle.</summary>
    /// <param name="bundle">All of it.</param>
    /// <returns>As many details as it has before its bytes make no sense any more: parts of the bundle, not copies.</returns>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Read(ReadOnlyMemory<byte> bundle)
    {
        var details = new List<ReadOnlyMemory<byte>>(TilePath.FullWidth);
        for (var rest = bundle.Span; TryRead(ref rest, out var detail); )
        {
            details.Add(bundle.Slice(bundle.Length - rest.Length - detail.Length, detail.Length));
        }

        return details;
    }
}
