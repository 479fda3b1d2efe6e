using SignalExchange.Contracts;
using SignalExchange.Tokens;
using SignalExchange.Tokens.Voprf;

namespace SignalExchange.KeyService.Keys;

/// <summary>One key with its term. Owns the key; prints as its id.</summary>
/// <param name="commitment">The id and the public key.</param>
/// <param name="canonicalVersion">The version of the canonical form that goes with it, in ASCII.</param>
/// <param name="term">Where it is in its life.</param>
/// <param name="key">The key; null once it is destroyed.</param>
/// <remarks>Immutable; safe from any thread.</remarks>
internal sealed class KeyRecord(KeyCommitment commitment, string canonicalVersion, KeyTerm term, VoprfKey? key)
    : IDisposable
{
    /// <summary>Gets the id and the public key.</summary>
    internal KeyCommitment Commitment { get; } = commitment;

    /// <summary>Gets the key's id.</summary>
    internal KeyId KeyId => Commitment.KeyId;

    /// <summary>Gets the version of the canonical form that goes with the key.</summary>
    internal string CanonicalVersion { get; } = canonicalVersion;

    /// <summary>Gets where it is in its life.</summary>
    internal KeyTerm Term { get; } = term;

    /// <summary>Gets the key; null once it is destroyed.</summary>
    internal VoprfKey? Key { get; } = key;

    /// <summary>Returns the same key with another term; both own it.</summary>
    internal KeyRecord With(KeyTerm term) => new(Commitment, CanonicalVersion, term, Key);

    /// <summary>Returns what stays of the key when its secret is gone; this record still owns the secret.</summary>
    internal KeyRecord WithoutKey(KeyTerm term) => new(Commitment, CanonicalVersion, term, key: null);

    /// <summary>Returns the key's id.</summary>
    public override string ToString() => KeyId.ToString();

    /// <inheritdoc/>
    public void Dispose() => Key?.Dispose();
}
