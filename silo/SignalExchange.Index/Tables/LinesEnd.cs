namespace SignalExchange.Index.Tables;

/// <summary>Where the next entry goes of a table that is filled in ascending order, while no reader knows it.</summary>
/// <param name="lines">The table, empty.</param>
internal struct LinesEnd(Lines lines)
{
    private Slot _next = lines.FirstSlot;

    /// <summary>Gets the table.</summary>
    public readonly Lines Lines => lines;

    /// <summary>Puts an entry in.</summary>
    /// <param name="fingerprint">Greater than that of the entry before.</param>
    /// <param name="summary">Its summary; not 0.</param>
    /// <returns>False when there is no room.</returns>
    public unsafe bool TryAppend(Fingerprint fingerprint, uint summary)
    {
        var home = new Slot(lines.HomeOf(fingerprint), 0);
        var slot = _next.IsLeftOf(home) ? home : _next;
        if (slot.IsSameAs(lines.LastSlot))
        {
            return false;
        }

        slot.Replace(fingerprint.Value, summary);
        _next = slot.Next;
        return true;
    }
}
