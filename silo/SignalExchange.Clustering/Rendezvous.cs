using System.Net;
using System.Text;

namespace SignalExchange.Clustering;

/// <summary>Which silo is responsible for a slot, so that all who know the same silos agree without a word.</summary>
/// <remarks>
/// Highest random weight (D. Thaler, C. Ravishankar, "Using name-based mappings to increase hit rates", IEEE/ACM Transactions on
/// Networking 6(1), 1998): a silo that leaves gives up its own slots only, and one that joins takes its share from all. A silo is its
/// endpoint here: started again at the same place, it gets the same slots. Pure; safe from any thread; linear in the silos.
/// </remarks>
public static class Rendezvous
{
    /// <summary>Returns the silo that is responsible for a slot.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="silos">The silos, in any order; at least one.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static SiloAddress OwnerOf(int slot, ReadOnlySpan<SiloAddress> silos)
    {
        if (silos.IsEmpty)
        {
            throw new ArgumentException("There is no silo to be responsible.", nameof(silos));
        }

        var owner = silos[0];
        var highest = WeightOf(owner, slot);
        foreach (var silo in silos[1..])
        {
            var weight = WeightOf(silo, slot);
            if (weight > highest || (weight == highest && silo.CompareTo(owner) < 0))
            {
                (owner, highest) = (silo, weight);
            }
        }

        return owner;
    }

    private static ulong WeightOf(SiloAddress silo, int slot) =>
        unchecked(Mix(HashOf(silo.Endpoint) ^ Mix((ulong)slot + 1)));

    // FNV-1a (RFC 9923): the weights must be the same on every silo and in every version, whatever the runtime's own hashes do.
    private static ulong HashOf(IPEndPoint endpoint)
    {
        var hash = 0xCBF29CE484222325UL;
        foreach (var value in Encoding.ASCII.GetBytes(endpoint.ToString()))
        {
            hash = unchecked((hash ^ value) * 0x100000001B3UL);
        }

        return hash;
    }

    // The finaliser of SplitMix64 (G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators", 2014).
    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
            return value ^ (value >> 31);
        }
    }
}
