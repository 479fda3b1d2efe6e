using System.Runtime.CompilerServices;
using SignalExchange.AccessLog.Reading;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.Forms;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Search;

/// <inheritdoc cref="IAuditSearch"/>
internal sealed class AuditSearch(SearchDatabase database, IAccessLogReader log, PageTokenKey key) : IAuditSearch
{
    private const int PlacesARead = 4096;
    private static readonly EntryFilter Everything = new();

    private readonly PageTokens _tokens = new(key);

    /// <inheritdoc/>
    public async Task<AuditAnswer<SearchEntriesResponse>> SearchAsync(
        SearchEntriesRequest request,
        CancellationToken cancellationToken
    )
    {
        var refusal =
            PageRequests.Read(_tokens, request, request.PageSize, request.PageToken, out var page)
            ?? FilterRules.Check(request.Filter ?? Everything)?.Within("filter");
        if (refusal is { } known)
        {
            return known;
        }

        return await database.ReadAsync(it => Search(it, request, page), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<AuditAnswer<GetEntryResponse>> GetAsync(
        GetEntryRequest request,
        CancellationToken cancellationToken
    )
    {
        if (MessageForms.Check(request) is { } refusal)
        {
            return refusal;
        }

        if (request.Index < (ulong)log.Size)
        {
            await foreach (var entry in log.ReadAsync((long)request.Index, 1, cancellationToken))
            {
                return Response(entry);
            }
        }

        return new Refusal(ErrorReason.EntryNotFound, "index", log.Size, (long)Math.Min(request.Index, long.MaxValue));
    }

    /// <inheritdoc/>
    public Task<long> CountAsync(EntryFilter filter, long end, CancellationToken cancellationToken) =>
        database.ReadAsync(it => SearchQuery.Of(it, filter).Count(end), cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<long> FindAllAsync(
        EntryFilter filter,
        long end,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        for (long? after = null; ; )
        {
            var last = after;
            var places = await database.ReadAsync(
                it => SearchQuery.Of(it, filter).Page(last, isDescending: false, PlacesARead),
                cancellationToken
            );
            foreach (var place in places.TakeWhile(it => it < end))
            {
                yield return place;
            }

            if (places.Count < PlacesARead || places[^1] >= end)
            {
                yield break;
            }

            after = places[^1];
        }
    }

    private SearchEntriesResponse Search(SearchConnection connection, SearchEntriesRequest request, AuditPage page)
    {
        var isDescending = request.Order != EntryOrder.OldestFirst;
        // One more than the page holds tells whether there is another page.
        var places = SearchQuery
            .Of(connection, request.Filter ?? Everything)
            .Page(page.After, isDescending, page.Size + 1);
        var hasMore = places.Count > page.Size;
        return new()
        {
            Origin = database.Origin,
            Entries = { SummaryRows.Read(connection, places.Take(page.Size)) },
            NextPageToken = hasMore ? _tokens.After(request, places[page.Size - 1]) : "",
            IndexedSize = (ulong)(connection["SELECT size FROM progress"].Value() ?? 0),
        };
    }

    private GetEntryResponse Response(LoggedEntry entry) =>
        new()
        {
            Origin = log.Origin,
            Index = (ulong)entry.Index,
            Entry = entry.Entry,
            Detail = entry.Detail,
            State = EntryStates.Of(entry.State),
        };
}
