using SignalExchange.Client.TokenCache;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens;

namespace SignalExchange.Client.Testing;

/// <summary>Where the clients of a fake exchange get their tokens.</summary>
/// <remarks>A client goes on with the key that it knows until that is refused, as with the real exchange.</remarks>
internal sealed class FakeTokens(FakeSignalExchange exchange, MemberId member) : ITokenSource
{
    private readonly Dictionary<IndicatorType, KeyId> _known = [];

    public ValueTask<KeyId> GetKeyAsync(IndicatorType type, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_known)
        {
            return ValueTask.FromResult(_known.TryGetValue(type, out var known) ? known : Fetch(type));
        }
    }

    public Task<KeyId> GetSuccessorAsync(KeyId refused, CancellationToken cancellationToken)
    {
        lock (_known)
        {
            return Task.FromResult(Fetch(refused.Type));
        }
    }

    public Task<EvaluatedIdentifier[]> MakeAsync(
        KeyId keyId,
        IReadOnlyList<Identifier> identifiers,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(exchange.Evaluate(member, keyId, identifiers));
    }

    public async Task<IReadOnlyList<EvaluatedIdentifier>> EvaluateAsync(
        KeyId keyId,
        IReadOnlyList<Identifier> identifiers,
        CancellationToken cancellationToken
    ) => await MakeAsync(keyId, identifiers, cancellationToken).ConfigureAwait(false);

    private KeyId Fetch(IndicatorType type) => _known[type] = exchange.KeyOf(type);
}
