namespace SignalExchange.Index.Tables;

/// <summary>A slot of a table, as the writer walks over it: a line, and the place in the line.</summary>
internal readonly unsafe struct Slot(Line* line, int place)
{
    private readonly Line* _line = line;
    private readonly int _place = place;

    /// <summary>Gets the fingerprint in it, be it of a removed entry.</summary>
    public ulong Fingerprint => _line->FingerprintAt(_place);

    /// <summary>Gets the summary in it; 0 when it is free.</summary>
    public uint Summary => _line->SummaryAt(_place);

    /// <summary>Gets the slot to its right; there must be one.</summary>
    public Slot Next => _place < Line.Slots - 1 ? new(_line, _place + 1) : new(_line + 1, 0);

    /// <summary>Gets the slot to its left; there must be one.</summary>
    public Slot Previous => _place > 0 ? new(_line, _place - 1) : new(_line - 1, Line.Slots - 1);

    /// <summary>Whether both are the same slot.</summary>
    public bool IsSameAs(Slot other) => _line == other._line && _place == other._place;

    /// <summary>Whether this slot is to the left of another; of the same table.</summary>
    public bool IsLeftOf(Slot other) => _line < other._line || (_line == other._line && _place < other._place);

    /// <summary>Writes the summary; 0 frees the slot.</summary>
    public void SetSummary(uint summary) => _line->SetSummary(_place, summary);

    /// <summary>Writes an entry over what is in it.</summary>
    public void Replace(ulong fingerprint, uint summary) => _line->Replace(_place, fingerprint, summary);
}
