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

    /// <summary>Inverts a scalar other than zero.</summary>
    internal static void Invert(ReadOnlySpan<byte> scalar, Span<byte> inverse)
    {
        if (Sodium.InvertScalar(inverse[..Size], scalar[..Size]) != 0)
        {
            throw new CryptographicException("Zero has no inverse.");
        }
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

    /// <summary>Tells whether a scalar is zero.</summary>
    internal static bool IsZero(ReadOnlySpan<byte> scalar)
    {
        Span<byte> zero = stackalloc byte[Size];
        zero.Clear();
        return CryptographicOperations.FixedTimeEquals(scalar, zero);
    }
}
