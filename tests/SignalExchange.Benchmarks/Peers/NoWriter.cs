using SignalExchange.AccessLog;
using SignalExchange.AccessLog.Entries;
using SignalExchange.AccessLog.Writing;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Benchmarks.Peers;

/// <summary>A peer has no access log; only a refusal would ask for one.</summary>
internal sealed class NoWriter : IEntryWriter, IAccessLogHealth
{
    public LogStanding Current { get; } = new(false, 0, 0, "A peer has no log.");

    public EntryDraft Begin(LogRetention retention) => throw new AccessLogUnavailableException("A peer has no log.");

    public ValueTask<LogReceipt> AppendAsync(EntryDraft draft, CancellationToken cancellationToken) =>
        throw new AccessLogUnavailableException("A peer has no log.");

    public DateTimeOffset? SignedAt(string name, uint keyId) => null;
}
