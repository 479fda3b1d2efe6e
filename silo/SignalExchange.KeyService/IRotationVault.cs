using System.Security.Cryptography;
using SignalExchange.Contracts;

namespace SignalExchange.KeyService;

/// <summary>Seals the elements behind tokens, so that the index can keep what only a rotation may read.</summary>
/// <remarks>Safe from any thread.</remarks>
public interface IRotationVault
{
    /// <summary>Seals an element.</summary>
    /// <param name="keyId">The VOPRF key that evaluated it.</param>
    /// <param name="element">Exactly 32 bytes; not looked at further.</param>
    /// <returns>61 bytes, other ones each time.</returns>
    /// <exception cref="ArgumentException">The element has another length.</exception>
    byte[] Seal(KeyId keyId, ReadOnlySpan<byte> element);

    /// <summary>Opens a sealed element.</summary>
    /// <param name="keyId">The VOPRF key that it was sealed with.</param>
    /// <param name="sealedElement">What <see cref="Seal"/> returned.</param>
    /// <returns>The element, 32 bytes.</returns>
    /// <exception cref="CryptographicException">
    /// The bytes were changed, belong to another key id or another master key, or have a newer format.
    /// </exception>
    byte[] Open(KeyId keyId, ReadOnlySpan<byte> sealedElement);
}
