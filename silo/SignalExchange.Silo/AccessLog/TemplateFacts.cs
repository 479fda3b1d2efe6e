using Google.Protobuf;
using SignalExchange.AccessLog.Entries;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Silo.AccessLog;

/// <summary>What an entry says of a call about templates. A template's own name stands where another indicator's token does.</summary>
internal static class TemplateFacts
{
    /// <summary>States which templates are to be read.</summary>
    public static void SetAsked(EntryDraft draft, IReadOnlyList<ByteString> templateIds)
    {
        draft.Detail.Asked = (uint)templateIds.Count;
        draft.SetAsked([.. templateIds.Where(IsName).SelectMany(id => id)]);
    }

    /// <summary>States which templates ads fitted. Its count is of ads.</summary>
    public static void SetMatched(EntryDraft draft, MatchAdsResponse response)
    {
        var matches = response.Ads.SelectMany(ad => ad.Templates).ToList();
        draft.Detail.Hits = (uint)response.Ads.Count;
        draft.SetPseudonyms(NamesOf(matches.Select(match => match.TemplateId).Distinct()));
        CallFacts.SetAudiences(draft, matches.SelectMany(match => match.Verdict.Signals));
        CallFacts.SetAsOf(draft, matches.Select(match => match.Verdict.Position));
    }

    /// <summary>States which templates were read.</summary>
    public static void SetRead(EntryDraft draft, GetTemplatesRequest request, GetTemplatesResponse response)
    {
        draft.Detail.Hits = (uint)response.Results.Count;
        draft.SetPseudonyms(NamesOf(response.Results.Select(result => request.TemplateIds[(int)result.Index])));
        CallFacts.SetAudiences(draft, response.Results.SelectMany(result => result.Signals));
    }

    /// <summary>States which templates were registered or grown, and for whom.</summary>
    public static void SetWritten(
        EntryDraft draft,
        IReadOnlyList<TemplateResult> results,
        IEnumerable<SignalStatement> statements
    )
    {
        var accepted = results.Zip(statements).Where(it => it.First.Accepted is not null).ToList();
        draft.Detail.Hits = (uint)accepted.Count;
        CallFacts.SetRefused(draft, results.Select(it => it.Error));
        draft.SetPseudonyms(NamesOf(accepted.Select(it => it.First.Accepted.TemplateId)));
        CallFacts.SetAudiences(draft, accepted.Select(it => it.Second));
        CallFacts.SetAsOf(draft, accepted.Select(it => it.First.Accepted.Position));
    }

    /// <summary>States which templates the caller withdrew its signals on.</summary>
    public static void SetWithdrawn(
        EntryDraft draft,
        WithdrawTemplatesRequest request,
        WithdrawTemplatesResponse response
    )
    {
        var accepted = response.Results.Zip(request.Withdrawals).Where(it => it.First.Accepted is not null).ToList();
        draft.Detail.Hits = (uint)accepted.Count;
        CallFacts.SetRefused(draft, response.Results.Select(it => it.Error));
        draft.SetPseudonyms(NamesOf(accepted.Select(it => it.Second.TemplateId)));
    }

    private static Token[] NamesOf(IEnumerable<ByteString> templateIds) =>
        [.. templateIds.Where(IsName).Select(id => new Token(id.Span))];

    // A request that is refused for its form may hold anything.
    private static bool IsName(ByteString id) => id.Length == TemplateId.Size;
}
