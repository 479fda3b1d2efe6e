namespace SignalExchange.Index.Templates;

/// <summary>How many ads of the last days were whose: by it a band's count is weighed.</summary>
/// <remarks>
/// What is common is a share of all ads, so whoever asks about millions of made-up ones could make nothing common any more. Of one member's ads
/// twice as many count as of all others together. Not safe for two threads at once; its owner holds a lock. Some words a member.
/// </remarks>
internal sealed class AdShares(int days)
{
    private const int MostTimesOthers = 2;

    private readonly Dictionary<ulong, long[]> _daysOf = [];
    private long _today;

    /// <summary>Gets how many ads count, of all members together.</summary>
    public long Counted { get; private set; }

    /// <summary>Gets how many there were.</summary>
    public long Total { get; private set; }

    /// <summary>Returns how many a member's are.</summary>
    public long Of(ulong member) => _daysOf.TryGetValue(member, out var ads) ? ads.Sum() : 0;

    /// <summary>Counts an ad of a member.</summary>
    public void Add(ulong member, long day)
    {
        MoveTo(day);
        if (!_daysOf.TryGetValue(member, out var ads))
        {
            _daysOf[member] = ads = new long[days];
        }

        ads[_today % days]++;
        Weigh();
    }

    /// <summary>Forgets the days that are over.</summary>
    public void MoveTo(long day)
    {
        if (day <= _today)
        {
            return;
        }

        for (var gone = Math.Min(day - _today, days); gone > 0; gone--)
        {
            foreach (var ads in _daysOf.Values)
            {
                ads[(day - gone + 1) % days] = 0;
            }
        }

        _today = day;
        foreach (var (member, _) in _daysOf.Where(of => of.Value.All(ads => ads == 0)).ToList())
        {
            _daysOf.Remove(member);
        }

        Weigh();
    }

    // Only the one with the most can have more than twice as many as all others.
    private void Weigh()
    {
        (Total, var most) = (0, 0L);
        foreach (var ads in _daysOf.Values)
        {
            var own = ads.Sum();
            Total += own;
            most = Math.Max(most, own);
        }

        var others = Total - most;
        Counted = others + Math.Min(most, MostTimesOthers * others);
    }
}
