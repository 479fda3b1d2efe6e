namespace SignalExchange.Tokens.Templates.Folding;

/// <summary>What a character of an ad is after folding.</summary>
internal enum AdFoldClass
{
    /// <summary>It ends a word: blanks, emoji, and whatever no table knows.</summary>
    Blank = 0,

    /// <summary>It is not there: marks, zero-width and format characters.</summary>
    Unseen = 1,

    /// <summary>A letter.</summary>
    Letter = 2,

    /// <summary>A letter of a script without blanks between words: Han and kana.</summary>
    LetterWithoutBlanks = 3,

    /// <summary>An ASCII digit.</summary>
    Digit = 4,

    /// <summary>Any other sign of ASCII.</summary>
    Sign = 5,

    /// <summary>More than one character.</summary>
    Several = 6,
}
