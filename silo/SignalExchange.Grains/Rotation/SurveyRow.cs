using SignalExchange.Contracts;

namespace SignalExchange.Grains.Rotation;

/// <summary>An indicator of a key.</summary>
/// <param name="Token">Its name under the key.</param>
/// <param name="SealedElement">The element behind it, sealed.</param>
/// <param name="Place">Where what is said on it stands.</param>
public readonly record struct SurveyRow(Token Token, ReadOnlyMemory<byte> SealedElement, SurveyPlace Place);
