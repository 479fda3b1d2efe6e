using SignalExchange.Contracts;

namespace SignalExchange.Tokens;

/// <summary>What an identifier became under one key: its token and the element that the token is derived from.</summary>
/// <param name="keyId">The key.</param>
/// <param name="token">The token: what a check carries.</param>
/// <param name="element">The unblinded element, 32 bytes: what a submission carries, so that it can be re-keyed.</param>
/// <remarks>Two are equal if key and token are. Prints as its token's short form. Immutable; safe from any thread.</remarks>
public sealed class EvaluatedIdentifier(KeyId keyId, Token token, ReadOnlyMemory<byte> element)
    : IEquatable<EvaluatedIdentifier>
{
    /// <summary>Gets the key's id.</summary>
    public KeyId KeyId { get; } = keyId;

    /// <summary>Gets the token.</summary>
    public Token Token { get; } = token;

    /// <summary>Gets the unblinded element, 32 bytes.</summary>
    public ReadOnlyMemory<byte> Element { get; } = element;

    /// <summary>Returns the token's short form; nothing of the element.</summary>
    public override string ToString() => Token.ToString();

    /// <inheritdoc/>
    public bool Equals(EvaluatedIdentifier? other) => other is not null && KeyId == other.KeyId && Token == other.Token;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as EvaluatedIdentifier);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(KeyId, Token);
}
