using SignalExchange.Contracts;

namespace SignalExchange.Tokens;

/// <summary>Whoever holds the VOPRF keys, as a token maker sees it: another process, in general another organisation.</summary>
/// <remarks>Need not be trusted: its answers are verified. Implementations are safe from any thread.</remarks>
public interface IElementEvaluator
{
    /// <summary>Evaluates blinded elements under one key and proves it.</summary>
    /// <param name="keyId">The key.</param>
    /// <param name="blindedElements">1 to <see cref="Limits.MaxEvaluateBatch"/> packed elements of 32 bytes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>As many elements, in the same order, and one proof for all of them.</returns>
    Task<Evaluation> EvaluateAsync(
        KeyId keyId,
        ReadOnlyMemory<byte> blindedElements,
        CancellationToken cancellationToken
    );
}
