using CsCheck;
using SignalExchange.TestKit.Templates;
using SignalExchange.Tokens.Templates;
using SignalExchange.Tokens.Templates.Folding;

namespace SignalExchange.Tokens.Tests.Templates;

/// <summary>Whatever is posted, the answer is a sketch or a refusal, and its cost grows with the length and no faster.</summary>
public sealed class HostileTextTests
{
    private const int Mebi = 1 << 20;

    // For what hangs only. A mebibyte takes milliseconds; a square of it, 10^12 steps, hours.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    // Each piece, repeated, is the worst case of some rule: scheme and address search, brackets, leet, digits, marks,
    // expansion of one character to eighteen, repeats, unseen characters, halves of surrogate pairs, Hangul.
    private static readonly string[] Pieces =
    [
        "a",
        "ab",
        " ",
        "a ",
        "://",
        "a://",
        "a.",
        "a.a/",
        "@",
        "a@",
        "@a.",
        "www.",
        "(",
        "a(",
        "!",
        "$1",
        "1",
        "1a",
        "1 ",
        "\u0301",
        "a\u0301",
        "\u200B",
        "\u202E",
        "\uFDFA",
        "\uD800",
        "\uDC00",
        "\u0000",
        "각",
        "漢",
        "漢字",
        "😀",
        "😀 a",
        "two ",
        "23rd ",
        "'",
    ];

    private static readonly Gen<string> Garbage = Gen.OneOf(
            Gen.OneOf(Pieces),
            Gen.String[Gen.Char['\0', '\uFFFF'], 1, 8],
            Gen.String[Gen.Char[' ', '~'], 1, 8]
        )
        .Array[0, 200]
        .Select(string.Concat);

    public static TheoryData<string> Bombs { get; } = [.. Pieces];

    [Fact]
    public void Garbage_is_sketched_or_refused_without_a_throw_and_twice_the_same() =>
        Garbage.Sample(
            text =>
            {
                var (one, two) = (AdSketch.From(text), AdSketch.From(text));
                var explanation = AdExplanation.Of(text);
                return one.IsAccepted == two.IsAccepted
                    && explanation.Refusal?.Problem == one.Refusal?.Problem
                    && explanation.Letters <= 4_000
                    && (!one.IsAccepted || one.Sketch.CountAgreeingBands(two.Sketch!) == AdSketch.Bands);
            },
            iter: 2_000
        );

    [Fact]
    public void A_skeleton_is_letters_without_repeats_and_without_the_small_L() =>
        Garbage.Sample(
            text =>
            {
                var skeleton = AdExplanation.Of(text).Skeleton.EnumerateRunes().ToList();
                return skeleton.All(rune => AdFoldTable.Of(rune).IsLetter && rune.Value != 'l')
                    && skeleton.Zip(skeleton.Skip(1)).All(pair => pair.First != pair.Second);
            },
            iter: 2_000
        );

    [Theory]
    [MemberData(nameof(Bombs))]
    public async Task A_mebibyte_of_one_piece_is_answered(string piece)
    {
        var text = Repeat(piece, Mebi);

        var (isAccepted, windows) = await Answer(() => (AdSketch.From(text).IsAccepted, AdWindows.Of(text)));

        Assert.False(isAccepted);
        Assert.Empty(windows);
    }

    [Fact]
    public Task A_mebibyte_of_any_pattern_of_pieces_is_answered() =>
        Answer(() =>
        {
            Gen.OneOf(Pieces)
                .Array[2, 5]
                .Select(string.Concat)
                .Sample(pattern => AdSketch.From(Repeat(pattern, Mebi)) is not null, iter: 40, threads: 1);
            return true;
        });

    [Theory]
    [MemberData(nameof(Bombs))]
    public void Thirty_two_times_the_text_takes_no_square_of_memory(string piece)
    {
        // A square would take 1,024 times as much, a line 32 times; what every call takes is in both.
        var (small, large) = (Repeat(piece, Mebi / 128), Repeat(piece, Mebi / 4));
        AdSketch.From(small); // Tables are made once.

        Assert.InRange(BytesOf(large), 0, 64 * BytesOf(small));
    }

    [Fact]
    public void More_than_a_mebibyte_is_refused_unread()
    {
        Assert.Equal(AdProblem.TooLong, AdSketch.From(new string('a', Mebi + 1)).Refusal?.Problem);
        Assert.Equal(AdProblem.TooLong, AdExplanation.Of(new string('a', Mebi + 1)).Refusal?.Problem);
        Assert.Empty(AdWindows.Of(new string('a', Mebi + 1)));
    }

    [Theory]
    [InlineData("", AdProblem.NoLetters)]
    [InlineData("😀 🔥 💯", AdProblem.NoLetters)]
    [InlineData("0123 456 789", AdProblem.NoLetters)]
    [InlineData("http://example.com/a-long-path-of-words-that-are-not-the-ad", AdProblem.NoLetters)]
    [InlineData("\uDC00\uD800\uD800", AdProblem.NoLetters)]
    [InlineData("call me", AdProblem.TooShort)]
    public void What_says_too_little_is_refused_with_the_reason(string text, AdProblem problem) =>
        Assert.Equal(problem, AdSketch.From(text).Refusal?.Problem);

    [Theory]
    [InlineData("a", AdProblem.TooShort)]
    [InlineData("\U0001F600", AdProblem.NoLetters)]
    [InlineData("7", AdProblem.NoLetters)]
    [InlineData("\u200B", AdProblem.NoLetters)]
    [InlineData("\uD800", AdProblem.NoLetters)]
    [InlineData("\u05D0", AdProblem.TooShort)]
    public void A_mebibyte_of_one_character_is_refused_with_the_reason(string character, AdProblem problem) =>
        Assert.Equal(problem, AdSketch.From(Repeat(character, Mebi)).Refusal?.Problem);

    [Fact]
    public void A_mebibyte_of_unseen_characters_hides_no_ad()
    {
        var between = new string('\u200B', (Mebi / SampleAds.Room.Length) - 1);
        var bomb = string.Join(between, SampleAds.Room.ToCharArray());

        Assert.InRange(bomb.Length, Mebi / 2, Mebi);
        Assert.Equal(
            AdSketch.Bands,
            AdSketch.From(SampleAds.Room).GetOrThrow().CountAgreeingBands(AdSketch.From(bomb).GetOrThrow())
        );
    }

    [Fact]
    public void Halves_of_surrogate_pairs_between_words_change_nothing()
    {
        var broken = SampleAds.Room.Replace(" ", " \uDE00\uD83D ", StringComparison.Ordinal) + "\uD83D";

        Assert.Equal(AdExplanation.Of(SampleAds.Room).Skeleton, AdExplanation.Of(broken).Skeleton);
        Assert.True(AdSketch.From(broken).IsAccepted);
    }

    [Fact]
    public void Text_in_both_directions_is_read_in_the_order_that_it_was_written_in()
    {
        string[] sentences =
        [
            "Sunny room near the old harbour, five minutes from the tram and the market.",
            "חדר שקט ומרווח ליד הנמל הישן, קרוב לשוק ולתחנת הרכבת.",
            "غرفة هادئة ومشمسة قرب الميناء القديم، خمس دقائق من السوق.",
            "Ask for Oliver, the cat answers as well and likes quiet students.",
        ];
        var plain = string.Join(' ', sentences);
        var marked =
            "\u200F"
            + string.Join(" \u200E", sentences.Select(it => $"\u202B{it}\u202C"))
            + string.Concat(Enumerable.Repeat("\u2067\u202E", 10_000));

        var sketch = AdSketch.From(plain).GetOrThrow();
        Assert.Equal(AdSketch.Bands, sketch.CountAgreeingBands(AdSketch.From(marked).GetOrThrow()));
        Assert.True(
            sketch.CountAgreeingBands(AdSketch.From(string.Join(' ', sentences.Reverse())).GetOrThrow()) > 12,
            "Sentences in another order are the same ad."
        );
    }

    [Fact]
    public void A_repeated_phrase_is_refused() =>
        Assert.Equal(
            AdProblem.TooRepetitive,
            AdSketch.From(Repeat("call me now for a good time ", 5_000)).Refusal?.Problem
        );

    [Fact]
    public void Only_the_first_letters_of_a_long_text_count()
    {
        var head = string.Concat(
            Enumerable.Range(0, 1_200).Select(i => $"{(char)('a' + (i % 26))}{(char)('a' + (i / 26))}qz ")
        );
        var one = AdSketch.From(head + SampleAds.Room).GetOrThrow();
        var other = AdSketch.From(head + SampleAds.Bicycle).GetOrThrow();

        Assert.Equal(AdSketch.Bands, one.CountAgreeingBands(other));
    }

    private static string Repeat(string piece, int length) =>
        string.Concat(Enumerable.Repeat(piece, (length / piece.Length) + 1))[..length];

    private static Task<T> Answer<T>(Func<T> ask) =>
        Task.Run(ask, TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);

    private static long BytesOf(string text)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        AdSketch.From(text);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
