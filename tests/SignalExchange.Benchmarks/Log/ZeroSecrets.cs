using SignalExchange.AccessLog.Keys;

namespace SignalExchange.Benchmarks.Log;

/// <summary>Secrets that are none: what is measured is thrown away.</summary>
internal sealed class ZeroSecrets : ILogSecrets
{
    public void Derive(ReadOnlySpan<byte> purpose, Span<byte> key) => key.Clear();
}
