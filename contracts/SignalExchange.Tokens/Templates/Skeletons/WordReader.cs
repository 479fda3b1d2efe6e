using SignalExchange.Tokens.Templates.Folding;

namespace SignalExchange.Tokens.Templates.Skeletons;

/// <summary>Reads one word: letters, and digits and signs that stand in for letters ("leet").</summary>
/// <remarks>
/// Digits alone are a number and left out; a digit between letters is a letter. Three digits in a row are a number in any
/// company. What follows a number without a blank (23rd, 10am) goes with it.
/// </remarks>
internal sealed class WordReader(SkeletonBuilder skeleton)
{
    // Long enough that hardly a word has more, short enough that text without blanks is not one word.
    private const int LettersAWord = 8;
    private const int DigitsOfANumber = 3;

    private readonly int[] _letters = new int[SkeletonReader.MaxTokenLength];
    private int _count;

    /// <summary>Returns whether a character can be part of a word.</summary>
    public static bool IsPart(AdFolded c) => c.IsLetter || c.IsDigit || LetterOfSign(c) != 0;

    /// <summary>Reads a word.</summary>
    /// <param name="word">Characters of which each is a part of a word, at most <see cref="SkeletonReader.MaxTokenLength"/>.</param>
    public void Read(ReadOnlySpan<AdFolded> word)
    {
        word = Trim(word);
        if (!HasLetter(word))
        {
            return;
        }

        Collect(word);
        if (!IsNumber(word))
        {
            Emit(word);
        }
    }

    private static int LetterOfSign(AdFolded c) =>
        c.Value switch
        {
            '@' => 'a',
            '$' => 's',
            '!' or '|' => 'i',
            _ => 0,
        };

    private static int LetterOfDigit(AdFolded c) =>
        c.Value switch
        {
            '0' => 'o',
            '1' => 'i',
            '3' => 'e',
            '4' => 'a',
            '5' => 's',
            '7' => 't',
            '8' => 'b',
            '9' => 'g',
            _ => 0,
        };

    // An exclamation mark behind a word is one; a dollar sign or an at sign before letters may be a letter.
    private static ReadOnlySpan<AdFolded> Trim(ReadOnlySpan<AdFolded> word)
    {
        while (!word.IsEmpty && word[^1].Class is AdFoldClass.Sign && !word[^1].Is('$'))
        {
            word = word[..^1];
        }

        while (!word.IsEmpty && (word[0].Is('!') || word[0].Is('|')))
        {
            word = word[1..];
        }

        return word;
    }

    private static bool HasLetter(ReadOnlySpan<AdFolded> word)
    {
        foreach (var c in word)
        {
            if (c.IsLetter)
            {
                return true;
            }
        }

        return false;
    }

    private static int CountDigits(ReadOnlySpan<AdFolded> word)
    {
        var digits = 0;
        while (digits < word.Length && word[digits].IsDigit)
        {
            digits++;
        }

        return digits;
    }

    private void Collect(ReadOnlySpan<AdFolded> word)
    {
        _count = 0;
        for (var i = 0; i < word.Length; i++)
        {
            var run = CountDigits(word[i..]);
            if (run >= DigitsOfANumber)
            {
                i += run - 1;
                continue;
            }

            var c = word[i];
            var letter =
                c.IsLetter ? c.Value
                : c.IsDigit ? LetterOfDigit(c)
                : LetterOfSign(c);
            if (letter != 0)
            {
                _letters[_count++] = letter;
            }
        }
    }

    private bool IsNumber(ReadOnlySpan<AdFolded> word)
    {
        var digits = CountDigits(word);
        Span<char> text = stackalloc char[Numbers.MaxLength];
        if (digits > 0)
        {
            return AsciiWord.TryCopy(word[digits..], text, out var unit) && Numbers.IsUnit(text[..unit], digits);
        }

        if (_count > Numbers.MaxLength)
        {
            return false;
        }

        for (var i = 0; i < _count; i++)
        {
            if (_letters[i] > 'z')
            {
                return false;
            }

            text[i] = (char)_letters[i];
        }

        return Numbers.IsSpelled(text[.._count]);
    }

    private void Emit(ReadOnlySpan<AdFolded> word)
    {
        var weight = 0;
        for (var i = 0; i < _count; i++)
        {
            skeleton.Add(_letters[i]);
        }

        foreach (var c in word)
        {
            weight += c.Class is AdFoldClass.LetterWithoutBlanks ? LettersAWord / 2 : 1;
        }

        skeleton.CountWords((weight + LettersAWord - 1) / LettersAWord);
    }
}
