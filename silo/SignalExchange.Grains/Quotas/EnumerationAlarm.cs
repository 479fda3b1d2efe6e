namespace SignalExchange.Grains.Quotas;

/// <summary>When a member's day looks like a sweep: it asks about much, and almost nothing of it is known.</summary>
/// <param name="Tokens">From how many distinct tokens on; fewer prove nothing.</param>
/// <param name="HitsPerMillion">Below how many distinct hits in a million distinct tokens.</param>
internal readonly record struct EnumerationAlarm(long Tokens, long HitsPerMillion)
{
    private const double Million = 1_000_000;

    /// <summary>Whether the numbers raise the alarm.</summary>
    /// <param name="tokens">Distinct tokens of the day.</param>
    /// <param name="hits">Distinct hits among them.</param>
    public bool IsRaisedBy(double tokens, double hits) => tokens >= Tokens && hits * Million < HitsPerMillion * tokens;
}
