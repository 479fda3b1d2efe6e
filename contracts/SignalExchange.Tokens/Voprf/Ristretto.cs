namespace SignalExchange.Tokens.Voprf;

/// <summary>The group ristretto255 (RFC 9496): elements of 32 bytes, many of them packed one after the other.</summary>
/// <remarks>Pure; safe from any thread.</remarks>
public static class Ristretto
{
    /// <summary>The size of an element, in bytes.</summary>
    public const int ElementSize = 32;

    /// <summary>Tells whether bytes are an element that the exchange can work with.</summary>
    /// <param name="element">Any bytes.</param>
    /// <returns>True for the encoding of a point other than the identity; false for all else, also for another length.</returns>
    /// <remarks>About 5 microseconds.</remarks>
    public static bool IsValidElement(ReadOnlySpan<byte> element) =>
        // libsodium holds the identity, all zero, to be valid; RFC 9497 section 2.1 refuses it.
        element.Length == ElementSize
        && Sodium.IsValidPoint(element) == 1
        && element.ContainsAnyExcept((byte)0);

    /// <summary>Finds the first element that is not valid.</summary>
    /// <param name="elements">Packed elements.</param>
    /// <returns>Its place, from 0; -1 if all are valid. A rest of less than 32 bytes counts as one that is not.</returns>
    public static int IndexOfInvalidElement(ReadOnlySpan<byte> elements)
    {
        for (var index = 0; !elements.IsEmpty; index++)
        {
            var size = Math.Min(ElementSize, elements.Length);
            if (!IsValidElement(elements[..size]))
            {
                return index;
            }

            elements = elements[size..];
        }

        return -1;
    }

    /// <summary>Maps 64 uniform bytes to an element.</summary>
    internal static void FromHash(ReadOnlySpan<byte> uniform, Span<byte> element) =>
        _ = Sodium.PointFromHash(element[..ElementSize], uniform[..(2 * ElementSize)]);

    /// <summary>Adds two elements; the sum may take the place of either.</summary>
    /// <returns>False if either is not the encoding of a point.</returns>
    internal static bool TryAdd(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, Span<byte> sum) =>
        Sodium.AddPoints(sum[..ElementSize], left[..ElementSize], right[..ElementSize]) == 0;

    /// <summary>Adds scalar times element to a sum, which is all zero, the identity, to begin with.</summary>
    /// <returns>False if an element is not the encoding of a point, or the product is the identity.</returns>
    internal static bool TryAddProduct(ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> element, Span<byte> sum)
    {
        Span<byte> product = stackalloc byte[ElementSize];
        return TryMultiply(scalar, element, product) && TryAdd(sum, product, sum);
    }

    /// <summary>Multiplies an element by a scalar, in constant time.</summary>
    /// <returns>False if the element is not the encoding of a point, or the product is the identity.</returns>
    internal static bool TryMultiply(ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> element, Span<byte> product) =>
        Sodium.MultiplyPoint(product[..ElementSize], scalar[..RistrettoScalar.Size], element[..ElementSize]) == 0;

    /// <summary>Multiplies the group's generator by a scalar, in constant time.</summary>
    /// <returns>False if the product is the identity.</returns>
    internal static bool TryMultiplyBase(ReadOnlySpan<byte> scalar, Span<byte> product) =>
        Sodium.MultiplyBase(product[..ElementSize], scalar[..RistrettoScalar.Size]) == 0;

    /// <summary>Returns the element at a place of packed elements.</summary>
    internal static ReadOnlySpan<byte> At(ReadOnlySpan<byte> elements, int index) =>
        elements.Slice(index * ElementSize, ElementSize);

    /// <summary>Returns the element at a place of packed elements, to be written.</summary>
    internal static Span<byte> At(Span<byte> elements, int index) => elements.Slice(index * ElementSize, ElementSize);
}
