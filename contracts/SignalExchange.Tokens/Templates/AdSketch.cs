using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens.Templates.Shingles;
using SignalExchange.Tokens.Templates.Skeletons;

namespace SignalExchange.Tokens.Templates;

/// <summary>What an advertisement is recognised by when it is posted again with small edits: 48 bands, each one VOPRF input.</summary>
/// <remarks>
/// <para>
/// (1) The text is folded to its letters: look-alikes, marks, case, digits used as letters, blanks, numbers and addresses
/// are gone. (2) Its runs of six letters are a set. (3) Of 144 public functions the least value over the set is taken, and
/// (4) three of them are hashed to a band. Two ads of which a share s of all runs is common agree in about 48 s^3 bands.
/// </para>
/// <para>
/// Stays inside the platform's process, like an <see cref="Identifier"/>: what leaves are the bands' tokens. Not found again:
/// texts with a fifth and more of their words exchanged, paraphrases, translations, and text in pictures. Immutable; safe
/// from any thread.
/// </para>
/// </remarks>
public sealed class AdSketch
{
    /// <summary>The version of fold table, skeleton and bands; sketches of two versions never agree.</summary>
    public const string Version = "ad-1";

    /// <summary>How many bands a sketch has, and so how many evaluations and tokens an ad costs.</summary>
    public const int Bands = MinHash.Functions / BandInput.Rows;

    /// <summary>The longest text that is looked at, in UTF-16 units. Of what is looked at, 4,000 letters count.</summary>
    public const int MaxTextLength = 1 << 20;

    /// <summary>How many letters an ad must have after folding; a letter of Han or kana counts as one.</summary>
    public const int MinLetters = 120;

    /// <summary>How many words an ad must have; what is written without blanks counts as a word for each eight letters.</summary>
    public const int MinWords = 20;

    /// <summary>How many different runs of letters an ad must have.</summary>
    public const int MinShingles = 100;

    private readonly Skeleton _skeleton;
    private readonly Identifier[] _bands;

    private AdSketch(Skeleton skeleton, uint[] shingles)
    {
        _skeleton = skeleton;
        _bands = MakeBands(shingles);
    }

    /// <summary>Gets the bands in order: the inputs of <see cref="TokenMaker"/> under a key of <see cref="IndicatorType.AdTemplate"/>.</summary>
    public IReadOnlyList<Identifier> BandInputs => _bands;

    /// <summary>Makes the sketch of an ad.</summary>
    /// <param name="text">The ad as it was posted.</param>
    /// <returns>The sketch, or why the text cannot have one.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <remarks>Pure. Linear in the length of the text; some 50 microseconds for an ad of 750 characters.</remarks>
    public static AdSketchResult From(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaxTextLength)
        {
            return AdSketchResult.Refuse(AdProblem.TooLong);
        }

        var skeleton = Skeleton.Of(text);
        var shingles = ShingleSet.Of(skeleton.Letters);
        var problem = Check(skeleton, shingles.Length);
        return problem is AdProblem.None
            ? AdSketchResult.Accept(new(skeleton, shingles))
            : AdSketchResult.Refuse(problem);
    }

    /// <summary>Returns in how many bands two sketches agree, 0 to 48; what the exchange would find.</summary>
    public int CountAgreeingBands(AdSketch other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return _bands.Zip(other._bands).Count(pair => pair.First.Equals(pair.Second));
    }

    /// <summary>Returns a keyed hash of the letters, under which the ad's tokens may be kept: an exact repost costs nothing.</summary>
    /// <param name="secret">At least 16 bytes that never leave the platform: who has them can test guesses.</param>
    /// <returns>The first 128 bits of HMAC-SHA-256 over version and skeleton.</returns>
    public UInt128 ComputeDigest(ReadOnlySpan<byte> secret)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        hmac.AppendData(Encoding.ASCII.GetBytes(Version + "\0"));
        hmac.AppendData(Encoding.UTF8.GetBytes(_skeleton.ToText()));
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hmac.GetHashAndReset(digest);
        return BinaryPrimitives.ReadUInt128BigEndian(digest);
    }

    /// <summary>Returns <c>ad-sketch</c>; nothing of the content.</summary>
    public override string ToString() => "ad-sketch";

    /// <summary>Returns the sketch of a part of an ad; null if it says too little.</summary>
    internal static AdSketch? OfWindow(Skeleton window)
    {
        var shingles = ShingleSet.Of(window.Letters);
        return shingles.Length < MinShingles ? null : new(window, shingles);
    }

    /// <summary>Returns what stands against a sketch.</summary>
    internal static AdProblem Check(Skeleton skeleton, int shingles) =>
        skeleton.Letters.IsEmpty ? AdProblem.NoLetters
        : skeleton.Letters.Length < MinLetters ? AdProblem.TooShort
        : skeleton.Words < MinWords ? AdProblem.TooFewWords
        : shingles < MinShingles ? AdProblem.TooRepetitive
        : AdProblem.None;

    private static Identifier[] MakeBands(ReadOnlySpan<uint> shingles)
    {
        Span<uint> least = stackalloc uint[MinHash.Functions];
        MinHash.Compute(shingles, least);
        var bands = new Identifier[Bands];
        for (var i = 0; i < Bands; i++)
        {
            var rows = least.Slice(i * BandInput.Rows, BandInput.Rows);
            bands[i] = new(IndicatorType.AdTemplate, BandInput.Of(i, rows));
        }

        return bands;
    }
}
