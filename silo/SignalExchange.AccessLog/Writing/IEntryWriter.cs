using SignalExchange.AccessLog.Entries;
using SignalExchange.Contracts.V1;

namespace SignalExchange.AccessLog.Writing;

/// <summary>Takes entries: what a host records its calls with.</summary>
/// <remarks>Safe from any thread.</remarks>
public interface IEntryWriter
{
    /// <summary>Begins an entry: its salt and its period's key stand from now on.</summary>
    /// <param name="retention">How long its detail is kept; must be stated.</param>
    /// <exception cref="AccessLogUnavailableException">The log is not running.</exception>
    EntryDraft Begin(LogRetention retention);

    /// <summary>Appends an entry. Returns after it is on stable storage.</summary>
    /// <param name="draft">The entry, begun by this writer. Not used afterwards.</param>
    /// <param name="cancellationToken">Ends the wait; the entry may be written all the same.</param>
    /// <returns>Where it stands. Await it once.</returns>
    /// <exception cref="AccessLogBusyException">Too many wait already.</exception>
    /// <exception cref="AccessLogUnavailableException">It could not be written, or not in time; it may be written all the same.</exception>
    /// <exception cref="ArgumentException">It is larger than 1 MiB.</exception>
    ValueTask<LogReceipt> AppendAsync(EntryDraft draft, CancellationToken cancellationToken);
}
