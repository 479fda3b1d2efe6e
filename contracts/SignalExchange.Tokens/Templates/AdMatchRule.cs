namespace SignalExchange.Tokens.Templates;

/// <summary>How many of an ad's bands must be those of a template.</summary>
/// <remarks>
/// In 127 million pairs of unrelated mails (2,521 mails, 40 draws of the functions) 3 bands or more agreed 1.5e-7 of the
/// times, 4 or more 8e-9 of the times. The thresholds keep what a stranger's ad meets by chance under four in ten thousand,
/// however many templates there are. Pure; safe from any thread.
/// </remarks>
public static class AdMatchRule
{
    /// <summary>The least threshold that there may be. With fewer bands unrelated ads agree.</summary>
    public const int MinThreshold = 3;

    /// <summary>From so many agreeing bands on a match is strong: the two share about two thirds of their runs of letters.</summary>
    public const int StrongBands = 12;

    /// <summary>Returns how many bands must agree, by default; operators may ask for more, by template or for all.</summary>
    /// <param name="liveTemplates">How many sketches are registered and neither expired nor withdrawn, variants included.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative number.</exception>
    public static int Threshold(long liveTemplates)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(liveTemplates);
        return liveTemplates switch
        {
            <= 2_500 => MinThreshold,
            <= 50_000 => 4,
            _ => 5,
        };
    }

    /// <summary>Judges an ad against one sketch.</summary>
    /// <param name="agreeingBands">In how many bands the two agree, 0 to <see cref="AdSketch.Bands"/>.</param>
    /// <param name="threshold">How many there must be, <see cref="MinThreshold"/> to <see cref="StrongBands"/>.</param>
    /// <returns>
    /// Below the threshold nothing, at it a weak match, above it a match, from <see cref="StrongBands"/> on a strong one.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static AdMatch Judge(int agreeingBands, int threshold)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(agreeingBands);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(agreeingBands, AdSketch.Bands);
        ArgumentOutOfRangeException.ThrowIfLessThan(threshold, MinThreshold);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threshold, StrongBands);
        return agreeingBands < threshold ? AdMatch.None
            : agreeingBands >= StrongBands ? AdMatch.Strong
            : agreeingBands == threshold ? AdMatch.Weak
            : AdMatch.Match;
    }
}
