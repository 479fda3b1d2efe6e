using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Testing;

/// <summary>What an exchange knows of keys: which is in force, and how a token is derived from an element.</summary>
internal interface IFakeKeys
{
    /// <summary>Returns the key of a type that is in force.</summary>
    KeyId KeyOf(IndicatorType type);

    /// <summary>Derives the token of an element.</summary>
    Token TokenOf(KeyId keyId, ReadOnlySpan<byte> element);
}
