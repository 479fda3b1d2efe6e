using System.Runtime.CompilerServices;

namespace SignalExchange.Index.Tables;

/// <summary>A slot of a table, as the writer walks over it: a line, and the place in the line.</summary>
internal readonly ref struct Slot
{
    private readonly ref Line _line;
    private readonly int _place;

    /// <summary>Points at a slot.</summary>
    public Slot(ref Line line, int place)
    {
        _line = ref line;
        _place = place;
    }

    /// <summary>Gets the fingerprint in it, be it of a removed entry.</summary>
    public ulong Fingerprint => _line.FingerprintAt(_place);

    /// <summary>Gets or sets the summary in it; 0 when it is free.</summary>
    public uint Summary
    {
        get => _line.SummaryAt(_place);
        set => _line.SetSummary(_place, value);
    }

    /// <summary>Gets the slot to its right; there must be one.</summary>
    public Slot Next => _place < Line.Slots - 1 ? new(ref _line, _place + 1) : new(ref Unsafe.Add(ref _line, 1), 0);

    /// <summary>Gets the slot to its left; there must be one.</summary>
    public Slot Previous =>
        _place > 0 ? new(ref _line, _place - 1) : new(ref Unsafe.Subtract(ref _line, 1), Line.Slots - 1);

    /// <summary>Whether this slot is to the left of another of the same table.</summary>
    public bool IsLeftOf(Slot other) =>
        Unsafe.IsAddressLessThan(ref _line, ref other._line)
        || (Unsafe.AreSame(ref _line, ref other._line) && _place < other._place);

    /// <summary>Whether both are the same slot of the same table.</summary>
    public bool IsSameAs(Slot other) => Unsafe.AreSame(ref _line, ref other._line) && _place == other._place;

    /// <summary>Writes an entry over what is in it.</summary>
    public void Replace(ulong fingerprint, uint summary) => _line.Replace(_place, fingerprint, summary);
}
