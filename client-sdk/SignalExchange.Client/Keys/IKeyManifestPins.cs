using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Keys;

/// <summary>Remembers which public key the exchange committed to for a type and epoch.</summary>
/// <remarks>
/// A key service that showed each member another key could recognise members by it, or silently blind one of them. Platforms that
/// keep pins over restarts notice it then, too. Must be safe from any thread.
/// </remarks>
public interface IKeyManifestPins
{
    /// <summary>Compares a manifest with what is remembered, and remembers it if it is the first of its type and epoch.</summary>
    /// <returns>Whether it is the same key as before, or the first.</returns>
    ValueTask<bool> MatchesAsync(KeyManifest manifest, CancellationToken cancellationToken);
}
