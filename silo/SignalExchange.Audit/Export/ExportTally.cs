using System.Runtime.CompilerServices;
using SignalExchange.AccessLog.Reading;

namespace SignalExchange.Audit.Export;

/// <summary>Counts entries on their way into a file. How many there were may be read from any thread.</summary>
internal sealed class ExportTally
{
    private long _entries;

    /// <summary>Gets how many there were.</summary>
    public long Entries => Volatile.Read(ref _entries);

    /// <summary>Gets the place of the first one; null when there was none.</summary>
    public long? First { get; private set; }

    /// <summary>Gets the place of the last one; null when there was none.</summary>
    public long? Last { get; private set; }

    /// <summary>Passes entries on.</summary>
    public async IAsyncEnumerable<LoggedEntry> CountAsync(
        IAsyncEnumerable<LoggedEntry> entries,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var entry in entries.WithCancellation(cancellationToken))
        {
            Volatile.Write(ref _entries, _entries + 1);
            First ??= entry.Index;
            Last = entry.Index;
            yield return entry;
        }
    }
}
