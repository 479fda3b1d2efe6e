using SignalExchange.AccessLog.Reading;
using SignalExchange.Audit.Search;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.Forms;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Reviews;

/// <inheritdoc cref="IReviewBook"/>
internal sealed class ReviewBook(SearchDatabase database, IAccessLogReader log, PageTokenKey key) : IReviewBook
{
    private readonly PageTokens _tokens = new(key);

    /// <inheritdoc/>
    public async Task<AuditAnswer<LoggedAct>> PrepareAsync(
        ReviewEntriesRequest request,
        CancellationToken cancellationToken
    )
    {
        var ascending = request.Indexes.Order().ToList();
        var refusal =
            MessageForms.Check(request)
            ?? CheckPlaces(ascending)
            ?? await database.ReadAsync(it => CheckStates(it, ascending), cancellationToken);
        return refusal is { } known ? known : new LoggedAct(ReviewChanges.Write(ascending, request.Disposition));
    }

    /// <inheritdoc/>
    public async Task<AuditAnswer<ListReviewsResponse>> ListAsync(
        ListReviewsRequest request,
        CancellationToken cancellationToken
    ) =>
        PageRequests.Read(_tokens, request, request.PageSize, request.PageToken, out var page) is { } refusal
            ? refusal
            : await database.ReadAsync(it => List(it, request, page), cancellationToken);

    private Refusal? CheckPlaces(List<ulong> ascending)
    {
        if (ascending.Distinct().Count() < ascending.Count)
        {
            return new(ErrorReason.DuplicateInBatch, "indexes");
        }

        return ascending[^1] >= (ulong)log.Size
            ? new(ErrorReason.EntryNotFound, "indexes", log.Size, (long)Math.Min(ascending[^1], long.MaxValue))
            : null;
    }

    private static Refusal? CheckStates(SearchConnection connection, List<ulong> ascending)
    {
        foreach (var index in ascending.Select(it => (long)it))
        {
            switch ((EntryDetailState?)connection["SELECT state FROM entry WHERE idx = ?1"].Bind(1, index).Value())
            {
                case null:
                    var size = connection["SELECT size FROM progress"].Value();
                    return new(ErrorReason.SearchBehind, "indexes", size, index);
                case EntryDetailState.Shredded:
                    return new(ErrorReason.EntryShredded, "indexes", null, index);
            }
        }

        return null;
    }

    private ListReviewsResponse List(SearchConnection connection, ListReviewsRequest request, AuditPage page)
    {
        var reviews = connection["SELECT message FROM review WHERE idx < ?1 ORDER BY idx DESC LIMIT ?2"]
            .Bind(1, page.After ?? long.MaxValue)
            .Bind(2, page.Size + 1)
            .All(row => Review.Parser.ParseFrom(row.Blob(0)));
        return new()
        {
            Origin = database.Origin,
            Reviews = { reviews.Take(page.Size) },
            NextPageToken = reviews.Count > page.Size ? _tokens.After(request, (long)reviews[page.Size - 1].Index) : "",
        };
    }
}
