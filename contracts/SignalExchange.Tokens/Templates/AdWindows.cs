using SignalExchange.Tokens.Templates.Skeletons;

namespace SignalExchange.Tokens.Templates;

/// <summary>Parts of a long ad, each with a sketch of its own: finds a template inside foreign text.</summary>
/// <remarks>
/// For flagged or new accounts only: every window costs an ad's evaluations again. An ad of 2,000 letters costs 9 times as
/// much, one of 4,000 letters or more 19 times on top of its own. Windows are for asking; a template is registered whole.
/// Pure; safe from any thread.
/// </remarks>
public static class AdWindows
{
    /// <summary>How many letters a window has; the last begins earlier rather than having fewer.</summary>
    public const int Letters = 400;

    /// <summary>How many letters further the next window begins.</summary>
    public const int Step = 200;

    /// <summary>Ads with no more letters have no windows: their own sketch sees as much.</summary>
    public const int MaxLettersWithout = 600;

    /// <summary>Returns how many windows an ad of so many letters has; each costs <see cref="AdSketch.Bands"/> evaluations.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A negative number.</exception>
    public static int Count(int letters)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(letters);
        var seen = Math.Min(letters, Skeleton.MaxLetters);
        return seen <= MaxLettersWithout ? 0 : 1 + ((seen - Letters + Step - 1) / Step);
    }

    /// <summary>Makes the sketches of an ad's windows.</summary>
    /// <param name="text">The ad as it was posted.</param>
    /// <returns>From the first to the last, without those that repeat themselves; none for a short ad or one that is refused.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public static IReadOnlyList<AdSketch> Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > AdSketch.MaxTextLength)
        {
            return [];
        }

        var skeleton = Skeleton.Of(text);
        var last = skeleton.Letters.Length - Letters;
        return
        [
            .. Enumerable
                .Range(0, Count(skeleton.Letters.Length))
                .Select(i => AdSketch.OfWindow(skeleton.Slice(Math.Min(i * Step, last), Letters)))
                .OfType<AdSketch>(),
        ];
    }
}
