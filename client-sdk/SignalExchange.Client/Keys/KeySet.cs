using System.Collections.Frozen;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens;

namespace SignalExchange.Client.Keys;

/// <summary>The keys that the exchange showed at one time, all admitted.</summary>
/// <param name="ByType">The active key of each type: of several the one of the newest epoch.</param>
/// <param name="ById">Every key in force, the retiring ones among them.</param>
internal sealed record KeySet(
    FrozenDictionary<IndicatorType, KeyCommitment> ByType,
    FrozenDictionary<KeyId, KeyCommitment> ById
)
{
    public static KeySet Of(IReadOnlyCollection<(KeyCommitment Key, KeyState State)> keys) =>
        new(
            keys.Where(entry => entry.State == KeyState.Active)
                .GroupBy(entry => entry.Key.KeyId.Type)
                .ToFrozenDictionary(ofType => ofType.Key, ofType => ofType.MaxBy(entry => entry.Key.KeyId.Epoch).Key),
            keys.ToFrozenDictionary(entry => entry.Key.KeyId, entry => entry.Key)
        );
}
