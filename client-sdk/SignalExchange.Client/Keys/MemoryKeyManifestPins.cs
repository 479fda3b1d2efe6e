using System.Collections.Concurrent;
using Google.Protobuf;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Keys;

/// <summary>Remembers keys for the life of the process.</summary>
internal sealed class MemoryKeyManifestPins : IKeyManifestPins
{
    private readonly ConcurrentDictionary<(IndicatorType, uint), ByteString> _seen = new();

    public ValueTask<bool> MatchesAsync(KeyManifest manifest, CancellationToken cancellationToken)
    {
        var pinned = _seen.GetOrAdd((manifest.Type, manifest.Epoch), manifest.PublicKey);
        return ValueTask.FromResult(pinned == manifest.PublicKey);
    }
}
