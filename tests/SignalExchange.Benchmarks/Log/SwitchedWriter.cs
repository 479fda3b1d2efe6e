using SignalExchange.AccessLog.Entries;
using SignalExchange.AccessLog.Writing;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Benchmarks.Log;

/// <summary>The log's writer, or none: then an entry is begun and filled in, and forgotten.</summary>
internal sealed class SwitchedWriter(LogWriter writer) : IEntryWriter
{
    /// <summary>Gets or sets whether entries are written.</summary>
    public bool IsOn { get; set; } = true;

    /// <inheritdoc/>
    public EntryDraft Begin(LogRetention retention) => writer.Begin(retention);

    /// <inheritdoc/>
    public ValueTask<LogReceipt> AppendAsync(EntryDraft draft, CancellationToken cancellationToken) =>
        IsOn ? writer.AppendAsync(draft, cancellationToken) : new(new LogReceipt("none", 0, draft.Detail.Salt));
}
