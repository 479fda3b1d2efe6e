using System.Text;

namespace SignalExchange.Tokens.Canonical.Unicode;

/// <summary>Hangul syllables, which are taken apart and put together by arithmetic (The Unicode Standard, 3.12).</summary>
internal static class Hangul
{
    private const int SyllableBase = 0xAC00;
    private const int LeadBase = 0x1100;
    private const int VowelBase = 0x1161;
    private const int TailBase = 0x11A7;
    private const int LeadCount = 19;
    private const int VowelCount = 21;
    private const int TailCount = 28;

    /// <summary>Returns whether the code point is a precomposed syllable.</summary>
    public static bool IsSyllable(int codePoint) =>
        codePoint is >= SyllableBase and < SyllableBase + (LeadCount * VowelCount * TailCount);

    /// <summary>Appends the two or three letters of a syllable.</summary>
    public static void AppendDecomposed(StringBuilder target, int syllable)
    {
        var index = syllable - SyllableBase;
        target.Append((char)(LeadBase + (index / (VowelCount * TailCount))));
        target.Append((char)(VowelBase + (index / TailCount % VowelCount)));
        if (index % TailCount > 0)
        {
            target.Append((char)(TailBase + (index % TailCount)));
        }
    }

    /// <summary>Puts a lead and a vowel, or a syllable without tail and a tail, together.</summary>
    public static bool TryCompose(int first, int second, out int both)
    {
        var lead = first - LeadBase;
        var vowel = second - VowelBase;
        if (lead is >= 0 and < LeadCount && vowel is >= 0 and < VowelCount)
        {
            both = SyllableBase + (((lead * VowelCount) + vowel) * TailCount);
            return true;
        }

        var tail = second - TailBase;
        both = first + tail;
        return IsSyllable(first) && (first - SyllableBase) % TailCount == 0 && tail is > 0 and < TailCount;
    }
}
