using SignalExchange.Contracts.V1;

namespace SignalExchange.Contracts.Templates;

/// <summary>How many of an ad's bands must be those of a template.</summary>
/// <remarks>
/// In 203 million pairs of unrelated mails (2,521 mails, 64 draws of the functions) 3 bands or more agreed 2.2e-7 of the
/// times, 4 or more 1.5e-8 of the times. The default thresholds keep what a stranger's ad meets by chance under one in a
/// thousand, however many templates there are; 12 agreeing bands say that the two share about two thirds of their runs of
/// letters. Pure; safe from any thread.
/// </remarks>
public static class MatchRule
{
    /// <summary>The least threshold that there may be. With fewer bands unrelated ads agree.</summary>
    public const int MinThreshold = 3;

    /// <summary>The greatest threshold that a template may ask for.</summary>
    public const int MaxThreshold = 12;

    /// <summary>Returns how many bands must agree, unless a template asks for more.</summary>
    /// <param name="liveSketches">How many sketches are registered and neither expired nor withdrawn, copies included.</param>
    /// <param name="thresholds">As the exchange has set it.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative number.</exception>
    public static int Threshold(long liveSketches, MatchThresholds thresholds)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(liveSketches);
        var byNumber =
            liveSketches <= thresholds.ThreeUpTo ? MinThreshold
            : liveSketches <= thresholds.FourUpTo ? MinThreshold + 1
            : MinThreshold + 2;
        return Math.Max(byNumber, thresholds.MinBands);
    }

    /// <summary>Judges an ad against one sketch.</summary>
    /// <param name="agreeingBands">In how many bands the two agree, 0 to <see cref="Limits.BandsPerAd"/>.</param>
    /// <param name="threshold">How many there must be, from <see cref="MinThreshold"/>.</param>
    /// <param name="strongBands">From how many on the match is strong.</param>
    /// <returns>
    /// Below the threshold <see cref="MatchStrength.Unspecified"/>, at it a weak match, above it a match, from
    /// <paramref name="strongBands"/> on a strong one.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static MatchStrength Judge(int agreeingBands, int threshold, int strongBands)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(agreeingBands);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(agreeingBands, Limits.BandsPerAd);
        ArgumentOutOfRangeException.ThrowIfLessThan(threshold, MinThreshold);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threshold, Limits.BandsPerAd);
        return agreeingBands < threshold ? MatchStrength.Unspecified
            : agreeingBands >= strongBands ? MatchStrength.Strong
            : agreeingBands == threshold ? MatchStrength.Weak
            : MatchStrength.Match;
    }
}
