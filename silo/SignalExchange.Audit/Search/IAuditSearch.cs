using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Search;

/// <summary>Finds and reads entries.</summary>
/// <remarks>Safe from any thread. What it answers is what the index held at one moment.</remarks>
public interface IAuditSearch
{
    /// <summary>Finds a page of entries.</summary>
    /// <returns>The page, or why the request was refused: its form, its page, a filter that contradicts itself.</returns>
    Task<AuditAnswer<SearchEntriesResponse>> SearchAsync(
        SearchEntriesRequest request,
        CancellationToken cancellationToken
    );

    /// <summary>Reads an entry from the log itself.</summary>
    /// <returns>The entry, whatever became of its detail; refused when the log has none at that place.</returns>
    Task<AuditAnswer<GetEntryResponse>> GetAsync(GetEntryRequest request, CancellationToken cancellationToken);

    /// <summary>Counts the entries that match.</summary>
    /// <param name="filter">A filter that was let through.</param>
    /// <param name="end">Entries from this place on are left out.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<long> CountAsync(EntryFilter filter, long end, CancellationToken cancellationToken);

    /// <summary>Returns the places of matching entries, ascending, page by page; entries that arrive meanwhile may be among them.</summary>
    /// <param name="filter">A filter that was let through.</param>
    /// <param name="end">Entries from this place on are left out.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    IAsyncEnumerable<long> FindAllAsync(EntryFilter filter, long end, CancellationToken cancellationToken);
}
