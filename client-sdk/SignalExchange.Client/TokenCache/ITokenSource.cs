using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens;

namespace SignalExchange.Client.TokenCache;

/// <summary>Where tokens come from: the cache and the key service, or the fake that platforms test with.</summary>
/// <remarks>Safe from any thread.</remarks>
internal interface ITokenSource
{
    /// <summary>Returns the key to make tokens of a type under.</summary>
    ValueTask<KeyId> GetKeyAsync(IndicatorType type, CancellationToken cancellationToken);

    /// <summary>Returns the key to use after the exchange refused one.</summary>
    /// <returns>The same again if the exchange knows no other.</returns>
    Task<KeyId> GetSuccessorAsync(KeyId refused, CancellationToken cancellationToken);

    /// <summary>Has identifiers of the key's type evaluated, past the cache.</summary>
    /// <returns>As many, in their order.</returns>
    Task<IReadOnlyList<EvaluatedIdentifier>> EvaluateAsync(
        KeyId keyId,
        IReadOnlyList<Identifier> identifiers,
        CancellationToken cancellationToken
    );

    /// <summary>Returns the tokens of identifiers of the key's type, in their order.</summary>
    Task<EvaluatedIdentifier[]> MakeAsync(
        KeyId keyId,
        IReadOnlyList<Identifier> identifiers,
        CancellationToken cancellationToken
    );
}
