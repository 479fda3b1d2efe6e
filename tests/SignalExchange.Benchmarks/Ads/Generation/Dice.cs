namespace SignalExchange.Benchmarks.Ads.Generation;

/// <summary>Throws that come out the same for the same seed, on every machine (SplitMix64): a generated file can be made again.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Returns 0 to <paramref name="sides"/> - 1.</summary>
    public int Throw(int sides) => (int)(Next() % (ulong)sides);

    /// <summary>Returns a number from 0 to less than 1.</summary>
    public double Fraction() => (Next() >> 11) / (double)(1UL << 53);

    public bool Chance(double probability) => Next() >> 11 < probability * (1UL << 53);

    public T Pick<T>(IReadOnlyList<T> list) => list[Throw(list.Count)];

    public List<T> Shuffle<T>(IEnumerable<T> items) =>
        [.. items.Select(item => (item, Next())).OrderBy(it => it.Item2).Select(it => it.item)];

    private ulong Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            var z = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
