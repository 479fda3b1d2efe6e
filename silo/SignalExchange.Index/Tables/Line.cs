using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SignalExchange.Index.Tables;

/// <summary>Five entries in one cache line, so that a probe costs one trip to memory.</summary>
/// <remarks>
/// <code>
/// byte  0..39   five fingerprints, ascending; all ones in a slot that was never used
/// byte 40..59   five summaries; 0 in a slot that is free
/// byte 60..63   unused
/// </code>
/// Every read has acquire and every write release semantics: what a reader sees of one write, it sees of all before it.
/// </remarks>
[StructLayout(LayoutKind.Sequential, Size = Size)]
internal struct Line
{
    /// <summary>The size of a line, in bytes.</summary>
    public const int Size = 64;

    /// <summary>The number of entries that a line has room for.</summary>
    public const int Slots = 5;

    /// <summary>What a slot that was never used holds in place of a fingerprint; above all of them.</summary>
    public const ulong NeverUsed = ulong.MaxValue;

    private Fingerprints _fingerprints;
    private Summaries _summaries;

    /// <summary>Gets a line of slots that were never used.</summary>
    public static Line Empty
    {
        get
        {
            var line = default(Line);
            ((Span<ulong>)line._fingerprints).Fill(NeverUsed);
            return line;
        }
    }

    /// <summary>Returns how many slots from the left a search may skip: each holds something below the fingerprint.</summary>
    /// <remarks>
    /// A hint, taken with one comparison of four slots and no branch: 0 where the processor has no such comparison. The
    /// four are read in no order that the architecture promises, hence every decision is taken on a slot read again.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int SlotsBelow(Fingerprint fingerprint)
    {
        if (!Vector256.IsHardwareAccelerated)
        {
            return 0;
        }

        var slots = Vector256.LoadUnsafe(in _fingerprints[0]);
        var notBelow = Vector256.GreaterThanOrEqual(slots, Vector256.Create(fingerprint.Value));
        return BitOperations.TrailingZeroCount(notBelow.ExtractMostSignificantBits() | (1u << Vector256<ulong>.Count));
    }

    /// <summary>Reads the fingerprint in a slot.</summary>
    public readonly ulong FingerprintAt(int slot) => Volatile.Read(in _fingerprints[slot]);

    /// <summary>Reads the summary in a slot.</summary>
    public readonly uint SummaryAt(int slot) => Volatile.Read(in _summaries[slot]);

    /// <summary>Writes the summary in a slot; 0 frees it.</summary>
    public void SetSummary(int slot, uint summary) => Volatile.Write(ref _summaries[slot], summary);

    /// <summary>Writes an entry over another.</summary>
    /// <remarks>Free in between, so that no reader ever takes the summary of the one for that of the other.</remarks>
    public void Replace(int slot, ulong fingerprint, uint summary)
    {
        SetSummary(slot, 0);
        Volatile.Write(ref _fingerprints[slot], fingerprint);
        SetSummary(slot, summary);
    }

    /// <summary>Writes an entry to a slot that was never used, of a line that no reader knows yet.</summary>
    public void Fill(int slot, ulong fingerprint, uint summary)
    {
        _fingerprints[slot] = fingerprint;
        _summaries[slot] = summary;
    }

    [InlineArray(Slots)]
    [SuppressMessage("Style", "IDE0044", Justification = "The runtime repeats this field; it is written through.")]
    private struct Fingerprints
    {
        private ulong _slot;
    }

    [InlineArray(Slots)]
    private struct Summaries
    {
        private uint _slot;
    }
}
