namespace SignalExchange.Client.Bulk;

/// <summary>Cuts items into runs that fit into a message, by number and by size.</summary>
internal static class BatchCutter
{
    /// <summary>Cuts.</summary>
    /// <param name="items">The items; their order is kept.</param>
    /// <param name="maxCount">The most items in a run, from 1.</param>
    /// <param name="maxBytes">The most bytes in a run; an item that is larger by itself is a run by itself.</param>
    /// <param name="sizeOf">An item's size in the message, in bytes.</param>
    public static IEnumerable<List<T>> Cut<T>(IEnumerable<T> items, int maxCount, int maxBytes, Func<T, int> sizeOf)
    {
        var run = new List<T>();
        var bytes = 0;
        foreach (var item in items)
        {
            var size = sizeOf(item);
            if (run.Count == maxCount || (run.Count > 0 && bytes + size > maxBytes))
            {
                yield return run;
                run = [];
                bytes = 0;
            }

            run.Add(item);
            bytes += size;
        }

        if (run.Count > 0)
        {
            yield return run;
        }
    }
}
