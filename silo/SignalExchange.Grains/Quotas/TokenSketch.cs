using System.Numerics;

namespace SignalExchange.Grains.Quotas;

/// <summary>Counts distinct tokens without keeping one: HyperLogLog over keyed hashes.</summary>
/// <remarks>
/// <para>
/// 2^p registers of a byte; the relative standard error is 1.04 / sqrt(2^p): 0.81 % for <see cref="ForTokens"/>, 3.25 % for
/// <see cref="ForHits"/>, and less where there are fewer tokens than registers. Sketches of the same key merge without loss: the
/// estimate of a merged one is that of one that saw everything.
/// </para>
/// Not safe from several threads. Adding allocates nothing.
/// </remarks>
public sealed class TokenSketch
{
    private const int TokenPrecision = 14;
    private const int HitPrecision = 10;

    private readonly int _precision;
    private readonly byte[] _registers;

    // How many registers hold each rank: all that the estimate needs, kept up to date so that it need not be counted.
    private readonly int[] _histogram;

    private TokenSketch(int precision)
    {
        _precision = precision;
        _registers = new byte[1 << precision];
        _histogram = new int[64 - precision + 2];
        _histogram[0] = _registers.Length;
    }

    /// <summary>Returns an empty sketch of tokens: 16 KiB.</summary>
    public static TokenSketch ForTokens() => new(TokenPrecision);

    /// <summary>Returns an empty sketch of hits: 1 KiB.</summary>
    public static TokenSketch ForHits() => new(HitPrecision);

    /// <summary>Adds a token by its hash; one that was added before changes nothing.</summary>
    public void Add(ulong hash)
    {
        var register = (int)(hash >> (64 - _precision));
        // One bit behind the hash's remaining ones bounds the run of zeros.
        var rest = (hash << _precision) | (1UL << (_precision - 1));
        Raise(register, (byte)(BitOperations.LeadingZeroCount(rest) + 1));
    }

    /// <summary>Adds everything that another sketch of the same key and size has seen.</summary>
    /// <param name="registers">The other's registers, as <see cref="ToArray"/> writes them; empty for none.</param>
    /// <exception cref="ArgumentException">The size differs, or a register holds what none can.</exception>
    public void Merge(ReadOnlySpan<byte> registers)
    {
        if (registers.IsEmpty)
        {
            return;
        }

        if (registers.Length != _registers.Length || registers.ContainsAnyExceptInRange((byte)0, MaxRank))
        {
            throw new ArgumentException("Not the registers of a sketch of this size.", nameof(registers));
        }

        for (var register = 0; register < registers.Length; register++)
        {
            Raise(register, registers[register]);
        }
    }

    /// <summary>Becomes a copy of another sketch of the same size, without allocating.</summary>
    public void CopyFrom(TokenSketch other)
    {
        other._registers.CopyTo(_registers, 0);
        other._histogram.CopyTo(_histogram, 0);
    }

    /// <summary>Returns about how many distinct tokens were added; 0 for none, and never less than before.</summary>
    public double Estimate() => SketchEstimate.Of(_histogram);

    /// <summary>Returns the registers in a new array.</summary>
    public byte[] ToArray() => [.. _registers];

    private byte MaxRank => (byte)(_histogram.Length - 1);

    private void Raise(int register, byte rank)
    {
        ref var current = ref _registers[register];
        if (rank > current)
        {
            _histogram[current]--;
            _histogram[rank]++;
            current = rank;
        }
    }
}
