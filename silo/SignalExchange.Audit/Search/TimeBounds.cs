namespace SignalExchange.Audit.Search;

/// <summary>Times as places: times never decrease within a log, so a range of time is a range of entries.</summary>
internal static class TimeBounds
{
    /// <summary>Returns the first entry that was not written before a time; the size when there is none.</summary>
    /// <param name="connection">A reader.</param>
    /// <param name="milliseconds">The time.</param>
    /// <param name="size">How many entries there are.</param>
    public static long FirstAtOrAfter(SearchConnection connection, long milliseconds, long size)
    {
        var (low, high) = (0L, size);
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            if (connection["SELECT time FROM entry WHERE idx = ?1"].Bind(1, middle).Value() < milliseconds)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
