using SignalExchange.Contracts;
using SignalExchange.Tokens;

namespace SignalExchange.Client.TokenCache;

/// <summary>Items of one type with the tokens of their identifiers, all under one key: what one request is about.</summary>
/// <param name="KeyId">The key.</param>
/// <param name="Items">The items.</param>
/// <param name="Tokens">Their tokens, in the same order.</param>
internal sealed record TokenBatch<T>(KeyId KeyId, IReadOnlyList<T> Items, EvaluatedIdentifier[] Tokens)
{
    /// <summary>Returns the tokens without the elements they are derived from.</summary>
    public Token[] PlainTokens() => Array.ConvertAll(Tokens, static evaluated => evaluated.Token);
}
