using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Search;

/// <summary>The conditions of a filter, the rarest kinds first.</summary>
internal static class SearchTerms
{
    /// <summary>Returns them; null when nothing can match, because a name was never seen.</summary>
    public static IReadOnlyList<ISearchTerm>? Of(SearchConnection connection, EntryFilter filter, long size)
    {
        ISearchTerm?[] terms =
        [
            filter.RequestId.IsEmpty
                ? null
                : new PostingTerm(connection, PostingKind.Request, filter.RequestId.Memory, size),
            filter.Pseudonyms.IsEmpty
                ? null
                : new PostingTerm(connection, PostingKind.Pseudonym, filter.Pseudonyms.Memory, size),
            Number(connection, Facet.Anomaly, (long)filter.Anomaly),
            filter.Review == ReviewState.Reviewed ? new FacetTerm(connection, Facet.Reviewed, 1) : null,
            Number(connection, Facet.Reason, (long)filter.Reason),
            filter.HasStatusCode ? new FacetTerm(connection, Facet.Status, filter.StatusCode + 1L) : null,
            Number(connection, Facet.Outcome, (long)filter.Outcome),
            Name(connection, Facet.Key, filter.KeyThumbprint),
            Name(connection, Facet.Member, filter.MemberId),
            Name(connection, Facet.Method, filter.Method),
            Number(connection, Facet.Role, (long)filter.Role),
            Number(connection, Facet.Purpose, (long)filter.Purpose),
            filter.Review == ReviewState.Open ? new NotTerm(new FacetTerm(connection, Facet.Reviewed, 1)) : null,
        ];
        return terms.Contains(Never.Instance) ? null : [.. terms.OfType<ISearchTerm>()];
    }

    private static FacetTerm? Number(SearchConnection connection, Facet facet, long value) =>
        value == 0 ? null : new(connection, facet, value);

    private static ISearchTerm? Name(SearchConnection connection, Facet facet, string name) =>
        name.Length == 0 ? null
        : NameTable.Find(connection, name) is { } number ? new FacetTerm(connection, facet, number)
        : Never.Instance;

    private sealed class Never : ISearchTerm
    {
        public static readonly Never Instance = new();

        public long? Seek(long chunk, bool isDescending) => null;

        public void Intersect(long chunk, Span<ulong> bits) => bits.Clear();
    }
}
