using System.Buffers;
using SignalExchange.Contracts;
using SignalExchange.Index.Tables;
using SignalExchange.Storage;

namespace SignalExchange.Index.Templates;

/// <summary>Which templates have which bands: what an ad is looked up in, without a grain call.</summary>
/// <remarks>
/// <para>
/// A table a band, each from a band's keyed hash to the sketches that have it, about 10 bytes an entry and 48 entries a sketch: a million
/// sketches take about 0.5 GiB. It knows no token of a band, and only whether a sketch is there: whether its template is live, the
/// <see cref="LocalIndex"/> says, which holds every template's own token. So what is withdrawn or expired there is found no more.
/// </para>
/// <para>Reading is safe from any thread and never waits. Writing is safe from any thread; one writer waits for the other.</para>
/// </remarks>
public sealed partial class TemplateIndex
{
    private readonly Lock _writer = new();
    private readonly BandTable[] _bands = [.. Enumerable.Range(0, Limits.BandsPerAd).Select(_ => new BandTable())];
    private readonly int _maxPerBand;
    private readonly int _maxPerBandOfOwner;
    private readonly Dictionary<uint, int> _sketchesOfOwner = [];
    private FingerprintKey _key = new(); // lives as long as the index: see FingerprintKey
    private BandTable _byToken = new();
    private EntryList<SketchEntry> _sketches = new();
    private EntryList<TemplateEntry> _templates = new();

    /// <summary>Creates an empty index.</summary>
    /// <param name="maxPerBand">How many sketches one band may find; what a sketch has in common with more, it is not found by.</param>
    /// <param name="maxPerBandOfOwner">How many of them may be of one member.</param>
    public TemplateIndex(int maxPerBand, int maxPerBandOfOwner) =>
        (_maxPerBand, _maxPerBandOfOwner) = (maxPerBand, Math.Min(maxPerBand, maxPerBandOfOwner));

    /// <summary>Gets the number of sketches, those included that have ended and were not swept yet.</summary>
    public int Count => _sketches.Count;

    /// <summary>Gets the memory that they take, in bytes.</summary>
    public long MemoryBytes => _bands.Sum(table => table.Bytes) + _byToken.Bytes + _sketches.Bytes + _templates.Bytes;

    /// <summary>Gets how many sketches one band may find.</summary>
    internal int MaxPerBand => _maxPerBand;

    /// <summary>Gets how many of them may be of one member.</summary>
    internal int MaxPerBandOfOwner => _maxPerBandOfOwner;

    /// <summary>Gets the key under which bands are named.</summary>
    internal FingerprintKey Key => _key;

    /// <summary>Takes in what a change says of a template. Idempotent.</summary>
    /// <param name="token">The template's token.</param>
    /// <param name="change">The change.</param>
    public void Apply(Token token, TemplateChange change)
    {
        lock (_writer)
        {
            if (!TryFind(token, out _) && change.Sketches.Count == 0)
            {
                return;
            }

            var number = FindOrAdd(token, change);
            for (var i = 0; i < change.Sketches.Count; i++)
            {
                if (!HasSketch(_templates[number], change.FirstSketch + i))
                {
                    AddSketch(number, change.FirstSketch + i, change.Sketches[i].Span, change.Owner);
                }
            }
        }
    }

    /// <summary>Forgets templates of which nothing is live, a table at a time, so that writers wait for one table at most.</summary>
    /// <param name="isLive">Whether the index of tokens holds a template's token.</param>
    /// <returns>How many sketches were forgotten.</returns>
    /// <remarks>Does nothing while somebody copies the index; there will be another sweep.</remarks>
    public int Sweep(Func<Token, bool> isLive)
    {
        if (!TryBeginUpkeep())
        {
            return 0;
        }

        try
        {
            return SweepAlone(isLive);
        }
        finally
        {
            EndUpkeep();
        }
    }

    /// <summary>Returns how many sketches a member has registered that are here, those included that have ended and were not swept yet.</summary>
    internal int CountOf(ulong owner)
    {
        lock (_writer)
        {
            return _sketchesOfOwner.GetValueOrDefault(AdBands.FingerprintOf(owner));
        }
    }

    /// <summary>Returns whether a band finds as many sketches as it may, of all or of one member.</summary>
    internal bool IsCrowded(int band, ulong hash, ulong owner)
    {
        var numbers = ArrayPool<uint>.Shared.Rent(_maxPerBand);
        var found = _bands[band].Find(AdBands.FingerprintOf(hash), numbers.AsSpan(0, _maxPerBand));
        var own = 0;
        foreach (var number in numbers.AsSpan(0, found))
        {
            own += _sketches[number].Owner == AdBands.FingerprintOf(owner) ? 1 : 0;
        }

        ArrayPool<uint>.Shared.Return(numbers);
        return found == _maxPerBand || own >= _maxPerBandOfOwner;
    }

    /// <summary>Finds the sketches that agree with an ad in enough bands.</summary>
    /// <param name="hashes">The ad's bands.</param>
    /// <param name="ignored">A bit for each band that does not count.</param>
    /// <param name="threshold">How many must agree.</param>
    /// <returns>The sketches, with their templates as they are now; mostly none, and then nothing is allocated.</returns>
    internal IReadOnlyList<SketchFound> Find(ReadOnlySpan<ulong> hashes, ulong ignored, int threshold)
    {
        var numbers = ArrayPool<uint>.Shared.Rent(Limits.BandsPerAd * _maxPerBand);
        try
        {
            var count = 0;
            for (var band = 0; band < hashes.Length; band++)
            {
                if ((ignored & (1UL << band)) == 0)
                {
                    var room = numbers.AsSpan(count, _maxPerBand);
                    count += _bands[band].Find(AdBands.FingerprintOf(hashes[band]), room);
                }
            }

            return count < threshold ? [] : Tally(numbers.AsSpan(0, count), threshold);
        }
        finally
        {
            ArrayPool<uint>.Shared.Return(numbers);
        }
    }

    private int SweepAlone(Func<Token, bool> isLive)
    {
        // (1) No change finds the templates any more: one that comes back gets another number. (2) No band does. (3) Numbers rest.
        var (templates, sketches) = Forget(isLive);
        if (sketches.Count > 0)
        {
            foreach (var table in _bands)
            {
                lock (_writer)
                {
                    table.Rebuild(sketch => !sketches.Contains(sketch));
                }
            }
        }

        lock (_writer)
        {
            foreach (var sketch in sketches)
            {
                CountOwner(_sketches[sketch].Owner, -1);
            }

            _sketches.Release([.. sketches]);
            _templates.Release(templates);
        }

        return sketches.Count;
    }

    private SketchFound[] Tally(Span<uint> numbers, int threshold)
    {
        List<SketchFound>? found = null;
        numbers.Sort();
        for (int first = 0, next; first < numbers.Length; first = next)
        {
            next = first + 1;
            while (next < numbers.Length && numbers[next] == numbers[first])
            {
                next++;
            }

            if (next - first >= threshold)
            {
                var sketch = _sketches[numbers[first]];
                // Two bands of one ad are two tables, so a sketch can stand under each of them once only.
                (found ??= []).Add(new(_templates[sketch.Template], sketch.Place, next - first));
            }
        }

        return found?.ToArray() ?? [];
    }

    private uint FindOrAdd(Token token, TemplateChange change)
    {
        var hours = IndicatorSummary.HoursDown(change.RegisteredAt);
        if (TryFind(token, out var known))
        {
            var entry = _templates[known];
            _templates.Set(known, entry with { RegisteredHours = hours });
            return known;
        }

        var number = _templates.Add(new(token, 0, hours));
        _byToken.Add(AdBands.FingerprintOf(_key.Of(token).Value), number);
        return number;
    }

    private bool TryFind(Token token, out uint number)
    {
        // Tokens that share 32 bits of a keyed hash: of millions a handful.
        Span<uint> numbers = stackalloc uint[16];
        var found = _byToken.Find(AdBands.FingerprintOf(_key.Of(token).Value), numbers);
        foreach (var candidate in numbers[..found])
        {
            if (_templates[candidate].Token == token)
            {
                number = candidate;
                return true;
            }
        }

        number = 0;
        return false;
    }

    private bool HasSketch(TemplateEntry template, int place) =>
        SketchesOf(template).Any(sketch => _sketches[sketch].Place == place);

    private IEnumerable<uint> SketchesOf(TemplateEntry template)
    {
        for (var next = template.LastSketch; next != 0; next = _sketches[next - 1].Next)
        {
            yield return next - 1;
        }
    }

    private void CountOwner(uint owner, int more) =>
        _sketchesOfOwner[owner] = _sketchesOfOwner.GetValueOrDefault(owner) + more;

    private void AddSketch(uint template, int place, ReadOnlySpan<byte> bands, string member)
    {
        var owner = AdBands.NameOf(_key, member);
        Span<ulong> hashes = stackalloc ulong[Limits.BandsPerAd];
        AdBands.Name(_key, bands, TemplateChange.BandSize, hashes);
        var entry = _templates[template];
        var sketch = _sketches.Add(new(template, place, entry.LastSketch, AdBands.FingerprintOf(owner)));
        CountOwner(AdBands.FingerprintOf(owner), 1);
        _templates.Set(template, entry with { LastSketch = sketch + 1 });
        for (var band = 0; band < hashes.Length; band++)
        {
            if (!IsCrowded(band, hashes[band], owner))
            {
                _bands[band].Add(AdBands.FingerprintOf(hashes[band]), sketch);
            }
        }
    }

    private (List<uint> Templates, HashSet<uint> Sketches) Forget(Func<Token, bool> isLive)
    {
        lock (_writer)
        {
            var ended = FindEnded(isLive);
            var sketches = ended.SelectMany(template => SketchesOf(_templates[template])).ToHashSet();
            if (ended.Count > 0)
            {
                _byToken.Rebuild(template => !ended.Contains(template));
            }

            foreach (var template in ended)
            {
                _templates.Set(template, default);
            }

            return ([.. ended], sketches);
        }
    }

    private HashSet<uint> FindEnded(Func<Token, bool> isLive)
    {
        var ended = new HashSet<uint>();
        for (var number = 0u; number < _templates.Top; number++)
        {
            var template = _templates[number];
            if (template.LastSketch != 0 && !isLive(template.Token))
            {
                ended.Add(number);
            }
        }

        return ended;
    }
}
