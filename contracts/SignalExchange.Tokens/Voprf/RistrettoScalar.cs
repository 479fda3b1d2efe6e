using System.Security.Cryptography;

namespace SignalExchange.Tokens.Voprf;

/// <summary>Scalars of ristretto255: integers below the group's order, 32 bytes, the least significant first.</summary>
/// <remarks>All in constant time.</remarks>
internal static class RistrettoScalar
{
    internal const int Size = 32;

    /// <summary>Makes a uniformly random scalar other than zero.</summary>
    internal static void Random(Span<byte> scalar) => Sodium.RandomScalar(scalar[..Size]);

    /// <summary>Reduces 64 bytes, the least significant first, to a scalar.</summary>
    internal static void Reduce(ReadOnlySpan<byte> uniform, Span<byte> scalar) =>
        Sodium.ReduceScalar(scalar[..Size], uniform[..(2 * Size)]);

    /// <summary>Inverts packed scalars, none of them zero, at the price of one inversion and three products each.</summary>
    /// <param name="scalars">At least one.</param>
    /// <param name="inverses">Room for as many, not overlapping; secret if the scalars are.</param>
    /// <exception cref="CryptographicException">One of them is zero.</exception>
    internal static void InvertAll(ReadOnlySpan<byte> scalars, Span<byte> inverses)
    {
        // Montgomery's trick: an inversion costs 40 products. First the products of 0..i stand in the place of i ...
        var last = (scalars.Length / Size) - 1;
        At(scalars, 0).CopyTo(inverses);
        for (var i = 1; i <= last; i++)
        {
            Sodium.MultiplyScalars(At(inverses, i), At(inverses, i - 1), At(scalars, i));
        }

        Span<byte> rest = stackalloc byte[Size];
        if (Sodium.InvertScalar(rest, At(inverses, last)) != 0)
        {
            throw new CryptographicException("Zero has no inverse.");
        }

        // ... then, from the end, the inverse of all of them loses one factor after the other.
        for (var i = last; i > 0; i--)
        {
            Sodium.MultiplyScalars(At(inverses, i), rest, At(inverses, i - 1));
            Sodium.MultiplyScalars(rest, rest, At(scalars, i));
        }

        rest.CopyTo(inverses);
        CryptographicOperations.ZeroMemory(rest);
    }

    /// <summary>Subtracts.</summary>
    internal static void Subtract(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, Span<byte> difference) =>
        Sodium.SubtractScalars(difference[..Size], left[..Size], right[..Size]);

    /// <summary>Tells whether bytes from outside are a scalar below the group's order: libsodium takes others too.</summary>
    internal static bool IsCanonical(ReadOnlySpan<byte> scalar)
    {
        if (scalar.Length != Size)
        {
            return false;
        }

        Span<byte> wide = stackalloc byte[2 * Size];
        Span<byte> reduced = stackalloc byte[Size];
        wide.Clear();
        scalar.CopyTo(wide);
        Reduce(wide, reduced);
        var isCanonical = CryptographicOperations.FixedTimeEquals(scalar, reduced);
        CryptographicOperations.ZeroMemory(wide);
        CryptographicOperations.ZeroMemory(reduced);
        return isCanonical;
    }

    /// <summary>Returns the scalar at a place of packed scalars.</summary>
    internal static ReadOnlySpan<byte> At(ReadOnlySpan<byte> scalars, int index) => scalars.Slice(index * Size, Size);

    /// <summary>Returns the scalar at a place of packed scalars, to be written.</summary>
    internal static Span<byte> At(Span<byte> scalars, int index) => scalars.Slice(index * Size, Size);

    /// <summary>Tells whether a scalar is zero.</summary>
    internal static bool IsZero(ReadOnlySpan<byte> scalar)
    {
        Span<byte> zero = stackalloc byte[Size];
        zero.Clear();
        return CryptographicOperations.FixedTimeEquals(scalar, zero);
    }
}
