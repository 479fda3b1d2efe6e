namespace SignalExchange.Tokens;

/// <summary>What the key holder answers to a batch of blinded elements.</summary>
/// <param name="evaluatedElements">As many packed elements of 32 bytes as were asked about, in their order.</param>
/// <param name="proof">64 bytes: RFC 9497 section 2.2 proof that one key evaluated all of them.</param>
/// <remarks>Nothing is checked here; <see cref="TokenMaker"/> verifies. Immutable as far as its buffers are; safe from any thread.</remarks>
public sealed class Evaluation(ReadOnlyMemory<byte> evaluatedElements, ReadOnlyMemory<byte> proof)
{
    /// <summary>Gets the evaluated elements, packed.</summary>
    public ReadOnlyMemory<byte> EvaluatedElements { get; } = evaluatedElements;

    /// <summary>Gets the proof.</summary>
    public ReadOnlyMemory<byte> Proof { get; } = proof;
}
