namespace SignalExchange.Tokens.Templates.Skeletons;

/// <summary>Joins letters to a skeleton: repeated ones once, also across the borders of words; the small L as i.</summary>
internal sealed class SkeletonBuilder
{
    private readonly int[] _letters = new int[Skeleton.MaxLetters];
    private int _count;
    private int _words;

    public bool IsFull => _count == _letters.Length;

    /// <summary>Adds a letter.</summary>
    public void Add(int letter)
    {
        letter = letter == 'l' ? 'i' : letter;
        if (!IsFull && (_count == 0 || _letters[_count - 1] != letter))
        {
            _letters[_count++] = letter;
        }
    }

    /// <summary>Counts words.</summary>
    public void CountWords(int words) => _words += words;

    public Skeleton ToSkeleton() => new(_letters.AsSpan(0, _count).ToArray(), _words);
}
