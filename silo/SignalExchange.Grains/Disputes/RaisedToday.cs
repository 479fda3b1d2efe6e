using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Disputes;

/// <summary>How many disputes members raised today (UTC). Counted apart from the disputes, which make room for others.</summary>
internal static class RaisedToday
{
    /// <summary>Returns how many a member raised.</summary>
    public static int Of(DisputeBookState book, string member, DateTimeOffset now) =>
        (int)(book.Raised.FirstOrDefault(it => it.MemberId == member && it.Day == DayOf(now))?.Count ?? 0);

    /// <summary>Counts one more in a book that is being made, and forgets other days.</summary>
    public static void Count(DisputeBookState next, string member, DateTimeOffset now)
    {
        foreach (var old in next.Raised.Where(it => it.Day != DayOf(now)).ToList())
        {
            next.Raised.Remove(old);
        }

        if (next.Raised.FirstOrDefault(it => it.MemberId == member) is not { } own)
        {
            own = new() { MemberId = member, Day = DayOf(now) };
            next.Raised.Add(own);
        }

        own.Count++;
    }

    private static long DayOf(DateTimeOffset now) => now.ToUnixTimeSeconds() / (24 * 60 * 60);
}
