using SignalExchange.Tokens;

namespace SignalExchange.Client.TokenCache;

/// <summary>Where tokens are kept, so that an identifier seen again costs no evaluation.</summary>
/// <remarks>
/// <para>
/// Keys are keyed hashes of identifiers under a secret of this process, or of the platform's
/// (<see cref="Options.SignalExchangeClientOptions.TokenCacheSecret"/>); no identifier is given to the cache. Tokens are pseudonymous
/// data: keep them as such.
/// </para>
/// <para>
/// A cache that throws costs evaluations, nothing else: the client logs it and goes on. What it returns is believed, so a store that
/// others can write to can make the client speak about the wrong indicator. Must be safe from any thread.
/// </para>
/// </remarks>
public interface ITokenCache
{
    /// <summary>Looks tokens up.</summary>
    /// <param name="keys">Under what they would be kept; at least one, none twice.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>As many, in the same order; null where there is none.</returns>
    ValueTask<IReadOnlyList<EvaluatedIdentifier?>> GetAsync(
        IReadOnlyList<TokenCacheKey> keys,
        CancellationToken cancellationToken
    );

    /// <summary>Keeps tokens, for as long as it likes; those of a retired key are not asked for any more.</summary>
    /// <param name="tokens">The tokens and under what to keep them; at least one.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask SetAsync(
        IReadOnlyList<KeyValuePair<TokenCacheKey, EvaluatedIdentifier>> tokens,
        CancellationToken cancellationToken
    );
}
