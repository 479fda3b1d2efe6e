using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Silo.Keys;

/// <summary>What a silo knows of a VOPRF key that somebody names.</summary>
/// <param name="KeyId">The key.</param>
/// <param name="State">Its state; unspecified for a key that is not one of the exchange's.</param>
/// <param name="Pair">The pair that it belongs to while a rotation runs or its overlap does.</param>
internal readonly record struct KnownVoprfKey(KeyId KeyId, KeyState State, RotationPair? Pair);
