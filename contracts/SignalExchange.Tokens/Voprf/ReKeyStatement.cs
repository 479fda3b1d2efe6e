namespace SignalExchange.Tokens.Voprf;

/// <summary>
/// What the proof of a re-keyed batch is about: the new public key is the old one times a secret delta, and each new element is the old one in its
/// place times the same delta.
/// </summary>
/// <remarks>
/// RFC 9497 section 2.2 with A the old public key in place of the generator and B the new one, so (A, B) and every pair (C[i], D[i]) have one
/// quotient: k'/k. No pair can be swapped with another, since each is weighed by a hash of its place and itself. The domain tags are our own
/// ("SXv1-rekey-..."), and both public keys are hashed; the construction is the RFC's, its use for this is ours.
/// </remarks>
internal static class ReKeyStatement
{
    internal static DleqStatement Of(
        ReadOnlySpan<byte> oldKey,
        ReadOnlySpan<byte> newKey,
        ReadOnlySpan<byte> elements,
        ReadOnlySpan<byte> reKeyed
    ) => new(OprfContext.ReKey, newKey, elements, reKeyed, oldKey);
}
