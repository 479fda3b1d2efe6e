using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Reviews;

/// <summary>Judgements on entries.</summary>
/// <remarks>Safe from any thread. A review is what the log says: the book is made from it.</remarks>
public interface IReviewBook
{
    /// <summary>Says what must be logged for a review, under method <see cref="AuditMethods.ReviewEntries"/> and with the request's case.</summary>
    /// <returns>The act, or why it was refused: an entry that is not there, was shredded, or stands twice.</returns>
    Task<AuditAnswer<LoggedAct>> PrepareAsync(ReviewEntriesRequest request, CancellationToken cancellationToken);

    /// <summary>Lists reviews, newest first.</summary>
    Task<AuditAnswer<ListReviewsResponse>> ListAsync(ListReviewsRequest request, CancellationToken cancellationToken);
}
