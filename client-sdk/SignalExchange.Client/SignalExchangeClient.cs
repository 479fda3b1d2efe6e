using System.ComponentModel.DataAnnotations;
using SignalExchange.Client.Bulk;
using SignalExchange.Client.Checks;
using SignalExchange.Client.Errors;
using SignalExchange.Client.Keys;
using SignalExchange.Client.Options;
using SignalExchange.Client.TokenCache;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens;

namespace SignalExchange.Client;

/// <summary>The SDK's client. One file a capability; this one holds what they share.</summary>
public sealed partial class SignalExchangeClient : ISignalExchangeClient, IDisposable
{
    private readonly SignalExchangeClientOptions _options;
    private readonly ExchangeCalls _calls;
    private readonly KeyRing _keys;
    private readonly TokenSource _tokens;
    private readonly MemoryTokenCache? _ownCache;
    private readonly BulkPipeline _bulk;
    private readonly PositionMemory _positions = new();

    /// <summary>Creates a client; opens nothing until it is used.</summary>
    /// <param name="options">The options; not to be changed any more.</param>
    /// <exception cref="ValidationException">An option is out of its range; the message says which and what it may be.</exception>
    public SignalExchangeClient(SignalExchangeClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        _options = options;
        _calls = new ExchangeCalls(options);
        _keys = new KeyRing(_calls, options.Pins ?? new MemoryKeyManifestPins());
        _ownCache = options.TokenCache is null ? new MemoryTokenCache(options.TokenCacheSize) : null;
        _tokens = new TokenSource(new TokenMaker(_calls), options.TokenCache ?? _ownCache!);
        _bulk = new BulkPipeline(options);
        Members = new MemberAdministration(_calls);
    }

    /// <summary>Gets what operators do: members and their keys. Calls are refused to other keys.</summary>
    public MemberAdministration Members { get; }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<EvaluatedIdentifier>> MakeTokensAsync(
        IReadOnlyList<Identifier> identifiers,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(identifiers);
        return await ByTypeAsync<Identifier, EvaluatedIdentifier>(
                identifiers,
                identifier => identifier,
                (_, _, tokens, _) => Task.FromResult<IReadOnlyList<EvaluatedIdentifier>>(tokens),
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose()
    {
        _calls.Dispose();
        _keys.Dispose();
        _ownCache?.Dispose();
    }

    /// <summary>Works on items type by type, since a request is about one key, and puts the results in the items' order.</summary>
    private async Task<TResult[]> ByTypeAsync<T, TResult>(
        IReadOnlyList<T> items,
        Func<T, Identifier> identifierOf,
        Func<KeyId, IReadOnlyList<T>, EvaluatedIdentifier[], CancellationToken, Task<IReadOnlyList<TResult>>> act,
        CancellationToken cancellationToken
    )
    {
        var results = new TResult[items.Count];
        foreach (var ofType in items.Index().GroupBy(entry => identifierOf(entry.Item).Type))
        {
            foreach (var batch in ofType.Chunk(_options.BatchSize))
            {
                IReadOnlyList<T> part = [.. batch.Select(entry => entry.Item)];
                var done = await WithKeyAsync(
                        ofType.Key,
                        async key =>
                        {
                            Identifier[] identifiers = [.. part.Select(identifierOf)];
                            var tokens = await _tokens
                                .MakeAsync(key, identifiers, cancellationToken)
                                .ConfigureAwait(false);
                            return await act(key.KeyId, part, tokens, cancellationToken).ConfigureAwait(false);
                        },
                        cancellationToken
                    )
                    .ConfigureAwait(false);
                for (var place = 0; place < batch.Length; place++)
                {
                    results[batch[place].Index] = done[place];
                }
            }
        }

        return results;
    }

    /// <summary>Does something under the active key, and once more under its successor when the exchange has rotated.</summary>
    private async Task<T> WithKeyAsync<T>(
        IndicatorType type,
        Func<KeyCommitment, Task<T>> act,
        CancellationToken cancellationToken
    )
    {
        var key = await _keys.GetAsync(type, cancellationToken).ConfigureAwait(false);
        try
        {
            return await act(key).ConfigureAwait(false);
        }
        catch (SignalExchangeException refused)
            when (refused.Reason is ErrorReason.KeyRetired or ErrorReason.KeyUnknown)
        {
            await _keys.RefreshAsync(key, cancellationToken).ConfigureAwait(false);
            return await act(await _keys.GetAsync(type, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        }
    }
}
