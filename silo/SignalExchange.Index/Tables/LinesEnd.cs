using System.Runtime.CompilerServices;

namespace SignalExchange.Index.Tables;

/// <summary>Where the next entry goes of a table that is filled in ascending order, while no reader knows it.</summary>
/// <param name="lines">The table, empty.</param>
/// <remarks>Ten million entries pass here at a start: no slot is looked at, each is written once.</remarks>
internal unsafe struct LinesEnd(Lines lines)
{
    private readonly Line* _first = lines.First;
    private readonly Line* _last = lines.End - 1;
    private readonly ulong _homes = (ulong)lines.Homes;
    private Line* _line = lines.First;
    private int _slot;

    /// <summary>Gets the table.</summary>
    public readonly Lines Lines => lines;

    /// <summary>Puts an entry in.</summary>
    /// <param name="fingerprint">Greater than that of the entry before.</param>
    /// <param name="summary">Its summary; not 0.</param>
    /// <returns>False when there is no room.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryAppend(ulong fingerprint, uint summary)
    {
        var home = _first + Math.BigMul(fingerprint, _homes, out _); // as Lines.HomeOf
        if (_line < home)
        {
            _line = home;
            _slot = 0;
        }

        if (_line == _last && _slot == Line.Slots - 1)
        {
            return false; // The last slot stays unused: every search ends there.
        }

        _line->Fill(_slot, fingerprint, summary);
        if (++_slot == Line.Slots)
        {
            _line++;
            _slot = 0;
        }

        return true;
    }
}
