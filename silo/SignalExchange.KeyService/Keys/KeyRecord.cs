using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens;
using SignalExchange.Tokens.Voprf;

namespace SignalExchange.KeyService.Keys;

/// <summary>One key with its term. Owns the key; prints as its id.</summary>
/// <remarks>Immutable; safe from any thread.</remarks>
internal sealed class KeyRecord : IDisposable
{
    /// <summary>Creates the record.</summary>
    /// <param name="type">What kind of identifier the key serves.</param>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="canonicalVersion">The version of the canonical form that goes with it, in ASCII.</param>
    /// <param name="notBefore">When its epoch begins; kept to the second.</param>
    /// <param name="notAfter">When its epoch is planned to end; kept to the second.</param>
    /// <param name="key">The key.</param>
    internal KeyRecord(
        IndicatorType type,
        uint epoch,
        string canonicalVersion,
        DateTimeOffset notBefore,
        DateTimeOffset notAfter,
        VoprfKey key
    )
    {
        Commitment = KeyCommitment.To(type, epoch, key.PublicKey);
        CanonicalVersion = canonicalVersion;
        NotBefore = DateTimeOffset.FromUnixTimeSeconds(notBefore.ToUnixTimeSeconds());
        NotAfter = DateTimeOffset.FromUnixTimeSeconds(notAfter.ToUnixTimeSeconds());
        Key = key;
    }

    /// <summary>Gets the id and the public key.</summary>
    internal KeyCommitment Commitment { get; }

    /// <summary>Gets the key's id.</summary>
    internal KeyId KeyId => Commitment.KeyId;

    /// <summary>Gets the version of the canonical form that goes with the key.</summary>
    internal string CanonicalVersion { get; }

    /// <summary>Gets when the epoch begins.</summary>
    internal DateTimeOffset NotBefore { get; }

    /// <summary>Gets when the epoch is planned to end.</summary>
    internal DateTimeOffset NotAfter { get; }

    /// <summary>Gets the key.</summary>
    internal VoprfKey Key { get; }

    /// <summary>Returns the key's id.</summary>
    public override string ToString() => KeyId.ToString();

    /// <inheritdoc/>
    public void Dispose() => Key.Dispose();
}
