namespace SignalExchange.Index.Tables;

/// <summary>Fills the lines of a table aside, from entries that were written down in ascending order.</summary>
/// <remarks>For one thread. What was filled is taken by <see cref="ShardTable.Take"/>, or given back by <see cref="Discard"/>.</remarks>
internal sealed class TableBuilder
{
    private readonly RegionPool _pool;
    private readonly int _expected;
    private LinesEnd _end;
    private ulong _least;
    private int _count;

    /// <summary>Creates a builder.</summary>
    /// <param name="entries">How many entries there will be.</param>
    /// <param name="pool">Where the memory comes from.</param>
    public TableBuilder(int entries, RegionPool pool)
    {
        (_expected, _pool) = (entries, pool);
        _end = new(new Lines(ShardTable.HomesToBuild(entries), ShardTable.UsualSpare, pool));
    }

    /// <summary>Adds entries.</summary>
    /// <param name="packed">Whole entries, as <see cref="Lines.Pack"/> writes them.</param>
    /// <exception cref="FormatException">They are not ascending, one is free, or there are more than expected.</exception>
    public void Append(ReadOnlySpan<byte> packed)
    {
        if (packed.Length / PackedEntry.Size > _expected - _count)
        {
            throw new FormatException("There are more entries than there should be.");
        }

        for (; packed.Length >= PackedEntry.Size; packed = packed[PackedEntry.Size..])
        {
            var (fingerprint, summary) = PackedEntry.Read(packed);
            if (fingerprint < _least || fingerprint == Line.NeverUsed || summary == 0)
            {
                throw new FormatException("Entries are not in order.");
            }

            while (!_end.TryAppend(fingerprint, summary))
            {
                Widen();
            }

            _least = fingerprint + 1;
            _count++;
        }
    }

    /// <summary>Returns the lines, filled.</summary>
    /// <exception cref="FormatException">There are fewer entries than expected.</exception>
    public Lines Finish()
    {
        _end.Lines.MarkFilled(_count);
        return _count == _expected ? _end.Lines : throw new FormatException("Entries are missing.");
    }

    /// <summary>Gives the memory back.</summary>
    public void Discard() => _end.Lines.Release();

    // What crowds at the end of the table takes room there: the same homes, more lines behind them.
    private void Widen()
    {
        var narrow = _end.Lines;
        narrow.MarkFilled(_count);
        _end = new(new Lines(narrow.Homes, 2 * narrow.Spare, _pool));
        narrow.TryCopyTo(ref _end);
        narrow.Release();
    }
}
