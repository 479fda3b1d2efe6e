using System.Text;
using SignalExchange.Tokens.Canonical.Unicode;
using SignalExchange.Tokens.Templates.Folding;

namespace SignalExchange.Tokens.Templates.Skeletons;

/// <summary>Reads an ad: (1) folds each character, (2) drops addresses, (3) drops numbers and reads words, (4) joins letters.</summary>
/// <remarks>For one text and one thread. Every character is looked at a fixed number of times, whatever the text is.</remarks>
internal sealed class SkeletonReader(SkeletonBuilder skeleton)
{
    /// <summary>A text without blanks is cut after as many characters.</summary>
    public const int MaxTokenLength = 256;

    private readonly AdFolded[] _token = new AdFolded[MaxTokenLength];
    private readonly WordReader _words = new(skeleton);
    private int _length;
    private bool _isInAddress;

    /// <summary>Reads the ad, up to where the skeleton is full.</summary>
    public void Read(ReadOnlySpan<char> ad)
    {
        // 1
        foreach (var rune in ad.EnumerateRunes())
        {
            if (Hangul.IsSyllable(rune.Value))
            {
                AddSyllable(rune.Value);
            }
            else
            {
                Add(AdFoldTable.Of(rune));
            }

            if (skeleton.IsFull)
            {
                return;
            }
        }

        EndToken(isCut: false);
    }

    private void AddSyllable(int syllable)
    {
        var letters = new StringBuilder(3);
        Hangul.AppendDecomposed(letters, syllable);
        foreach (var letter in letters.ToString())
        {
            Add(AdFoldTable.Of(new Rune(letter)));
        }
    }

    private void Add(AdFolded c)
    {
        switch (c.Class)
        {
            case AdFoldClass.Unseen:
                break;
            case AdFoldClass.Blank:
                EndToken(isCut: false);
                break;
            case AdFoldClass.Several:
                foreach (var part in AdFoldTable.Expand(c))
                {
                    Add(part);
                }

                break;
            default:
                if (_length == MaxTokenLength)
                {
                    EndToken(isCut: true);
                }

                _token[_length++] = c;
                break;
        }
    }

    // 2: what comes behind the cut of a long address still belongs to it.
    private void EndToken(bool isCut)
    {
        if (!_isInAddress)
        {
            ReadToken(_token.AsSpan(0, _length));
        }

        _length = 0;
        _isInAddress = isCut && _isInAddress;
    }

    private void ReadToken(ReadOnlySpan<AdFolded> token)
    {
        while (!token.IsEmpty)
        {
            var end = 0;
            while (end < token.Length && !IsBracket(token[end]))
            {
                end++;
            }

            ReadPiece(token[..end]);
            token = token[Math.Min(end + 1, token.Length)..];
        }
    }

    private void ReadPiece(ReadOnlySpan<AdFolded> piece)
    {
        var scheme = WebTokens.FindScheme(piece);
        _isInAddress = scheme >= 0;
        if (scheme >= 0)
        {
            piece = piece[..scheme];
        }

        if (WebTokens.IsAddress(piece))
        {
            _isInAddress = true;
            return;
        }

        ReadWords(piece);
    }

    // 3
    private void ReadWords(ReadOnlySpan<AdFolded> piece)
    {
        for (var start = 0; start < piece.Length; start++)
        {
            var end = start;
            while (end < piece.Length && WordReader.IsPart(piece[end]))
            {
                end++;
            }

            _words.Read(piece[start..end]);
            start = end;
        }
    }

    private static bool IsBracket(AdFolded c) =>
        c.Class is AdFoldClass.Sign && c.Value is '<' or '>' or '(' or ')' or '[' or ']' or '{' or '}' or '"';
}
