using SignalExchange.Tokens.Voprf.Sums;

namespace SignalExchange.Tokens.Voprf;

/// <summary>
/// What a proof is about: each evaluated element is the blinded one in its place times one secret, by which the public key is the base.
/// </summary>
/// <remarks>The base is the group's generator, as RFC 9497 has it, or an element that is given: then the secret is a quotient of two keys.</remarks>
internal readonly ref struct DleqStatement(
    OprfContext context,
    ReadOnlySpan<byte> publicKey,
    ReadOnlySpan<byte> blinded,
    ReadOnlySpan<byte> evaluated,
    ReadOnlySpan<byte> basis = default,
    ReadOnlySpan<CurvePoint> points = default
)
{
    /// <summary>The most elements in a batch: RFC 9497 gives a place two bytes.</summary>
    internal const int MaxBatch = ushort.MaxValue;

    /// <summary>Gets the mode.</summary>
    internal OprfContext Context { get; } = context;

    /// <summary>Gets the public key, 32 bytes.</summary>
    internal ReadOnlySpan<byte> PublicKey { get; } = publicKey;

    /// <summary>Gets what times the secret is the public key, 32 bytes; empty for the generator.</summary>
    internal ReadOnlySpan<byte> Basis { get; } = basis;

    /// <summary>Gets the packed elements that were asked about.</summary>
    internal ReadOnlySpan<byte> Blinded { get; } = blinded;

    /// <summary>Gets the packed answers.</summary>
    internal ReadOnlySpan<byte> Evaluated { get; } = evaluated;

    /// <summary>Gets the elements that were asked about, as points; empty where nobody has read them yet.</summary>
    internal ReadOnlySpan<CurvePoint> Points { get; } = points;

    /// <summary>Gets how many pairs there are.</summary>
    internal int Count => Blinded.Length / Ristretto.ElementSize;

    /// <summary>Tells whether the lengths are those of 1 to 65,535 pairs and of a key.</summary>
    internal bool IsWellFormed =>
        Count is >= 1 and <= MaxBatch
        && Blinded.Length % Ristretto.ElementSize == 0
        && Evaluated.Length == Blinded.Length
        && PublicKey.Length == Ristretto.ElementSize
        && Basis.Length is 0 or Ristretto.ElementSize;

    /// <summary>Multiplies the base by a scalar.</summary>
    /// <returns>False if the base is no element, or the product is the identity.</returns>
    internal bool TryMultiplyBase(ReadOnlySpan<byte> scalar, Span<byte> product) =>
        Basis.IsEmpty ? Ristretto.TryMultiplyBase(scalar, product) : Ristretto.TryMultiply(scalar, Basis, product);
}
