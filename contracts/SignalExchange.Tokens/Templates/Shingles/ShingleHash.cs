using System.Runtime.CompilerServices;
using System.Text;
using SignalExchange.Tokens.Templates.Folding;

namespace SignalExchange.Tokens.Templates.Shingles;

/// <summary>Turns runs of letters into numbers: six letters, or three where the first is Han or kana.</summary>
/// <remarks>
/// <code>
/// h = 0; for each letter: h = (h + letter) * 0x9E3779B97F4A7C15          mod 2^64
/// h ^= h >> 32; h *= 0xD6E8FEB86659FD93; shingle = h >> 32
/// </code>
/// </remarks>
internal static class ShingleHash
{
    public const int Letters = 6;
    public const int LettersWithoutBlanks = 3;

    // The ideographic iteration mark: no letter before it is Han or kana.
    private const int FirstWithoutBlanks = 0x3005;

    /// <summary>Returns how many letters the run has that starts here; 0 if the text ends before.</summary>
    public static int LengthAt(ReadOnlySpan<int> letters, int start)
    {
        var length = IsWithoutBlanks(letters[start]) ? LettersWithoutBlanks : Letters;
        return start + length <= letters.Length ? length : 0;
    }

    /// <summary>Returns a run's hash.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Of(ReadOnlySpan<int> run)
    {
        unchecked
        {
            var h = 0UL;
            foreach (var letter in run)
            {
                h = (h + (uint)letter) * 0x9E3779B97F4A7C15;
            }

            h ^= h >> 32;
            return (uint)((h * 0xD6E8FEB86659FD93) >> 32);
        }
    }

    private static bool IsWithoutBlanks(int letter) =>
        letter >= FirstWithoutBlanks && AdFoldTable.Of(new Rune(letter)).Class is AdFoldClass.LetterWithoutBlanks;
}
