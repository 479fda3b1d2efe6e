namespace SignalExchange.Tokens.Templates.Folding;

/// <summary>A folded character: its class and its code point (or, for several, their place) in one integer.</summary>
/// <param name="Packed">Class above 24 bits of value.</param>
internal readonly record struct AdFolded(int Packed)
{
    private const int ClassShift = 24;

    public AdFolded(AdFoldClass kind, int value)
        : this(((int)kind << ClassShift) | value) { }

    public AdFoldClass Class => (AdFoldClass)(Packed >> ClassShift);

    public int Value => Packed & ((1 << ClassShift) - 1);

    public bool IsLetter => Class is AdFoldClass.Letter or AdFoldClass.LetterWithoutBlanks;

    public bool IsDigit => Class is AdFoldClass.Digit;

    /// <summary>Returns whether it is the given ASCII character.</summary>
    public bool Is(char c) => Value == c;
}
