using Google.Protobuf;
using SignalExchange.AccessLog.Entries;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens;

namespace SignalExchange.Silo.AccessLog;

/// <summary>What an entry says of a request and its answer: counts, positions, audiences, and keyed names of what was hit.</summary>
internal static class CallFacts
{
    private const int MaxAudiences = 256;
    private const int MaxPositions = 256;

    /// <summary>Fills a draft with what was asked; whatever becomes of it.</summary>
    public static void SetRequest(EntryDraft draft, object? request)
    {
        var detail = draft.Detail;
        switch (request)
        {
            case CheckRequest check:
                detail.Purpose = check.Purpose;
                SetTokens(draft, check.Tokens);
                break;
            case GetRequest get:
                detail.Purpose = get.Purpose;
                SetTokens(draft, get.Tokens);
                break;
            case SubmitRequest submit:
                detail.Asked = (uint)submit.Submissions.Count;
                break;
            case WithdrawRequest withdraw:
                detail.Asked = (uint)withdraw.Withdrawals.Count;
                break;
            case MatchAdsRequest match:
                detail.Purpose = match.Purpose;
                SetTokens(draft, match.BandTokens);
                detail.Asked /= Limits.BandsPerAd;
                break;
            case GetTemplatesRequest get:
                detail.Purpose = get.Purpose;
                TemplateFacts.SetAsked(draft, get.TemplateIds);
                break;
            case RegisterTemplatesRequest register:
                detail.Asked = (uint)register.Registrations.Count;
                break;
            case GrowTemplatesRequest grow:
                detail.Asked = (uint)grow.Growths.Count;
                break;
            case WithdrawTemplatesRequest withdraw:
                detail.Asked = (uint)withdraw.Withdrawals.Count;
                break;
            case RaiseDisputeRequest raise:
                SetTokens(draft, raise.Token);
                break;
            case EvaluateRequest evaluate:
                detail.Asked = (uint)(evaluate.BlindedElements.Length / Token.Size);
                break;
            case ReportLookupsRequest { PageToken: "" } report:
                SetLookedAt(draft, report.Pseudonyms);
                break;
            case SearchEntriesRequest { PageToken: "", Filter: { } filter }:
                SetLookedAt(draft, filter.Pseudonyms);
                break;
            default:
                detail.SubjectMemberId = SubjectOf(request);
                detail.CaseId = CaseOf(request);
                break;
        }
    }

    /// <summary>Fills a draft with what was answered.</summary>
    public static void SetAnswer(EntryDraft draft, object request, IMessage answer)
    {
        draft.SetAnswer(answer);
        switch (request, answer)
        {
            case (CheckRequest check, CheckResponse response):
                draft.Detail.AsOf.Add(response.AsOf);
                if (response.Hits.Count > 0) // most checks have none
                {
                    SetHits(draft, check.Tokens, [.. response.Hits.Select(hit => (int)hit.Index)]);
                    SetAudiences(draft, response.Hits.SelectMany(hit => hit.Verdict.Signals));
                }

                break;
            case (GetRequest get, GetResponse response):
                SetHits(draft, get.Tokens, [.. response.Results.Select(result => (int)result.Index)]);
                SetAudiences(draft, response.Results.SelectMany(result => result.Signals));
                break;
            case (SubmitRequest submit, SubmitResponse response):
                SetSubmitted(draft, submit, response);
                break;
            case (WithdrawRequest withdraw, WithdrawResponse response):
                SetWithdrawn(draft, withdraw, response);
                break;
            case (MatchAdsRequest, MatchAdsResponse response):
                TemplateFacts.SetMatched(draft, response);
                break;
            case (GetTemplatesRequest get, GetTemplatesResponse response):
                TemplateFacts.SetRead(draft, get, response);
                break;
            case (RegisterTemplatesRequest register, RegisterTemplatesResponse response):
                TemplateFacts.SetWritten(
                    draft,
                    response.Results,
                    register.Registrations.Select(registration => registration.Statement)
                );
                break;
            case (GrowTemplatesRequest grow, GrowTemplatesResponse response):
                TemplateFacts.SetWritten(draft, response.Results, grow.Growths.Select(growth => growth.Statement));
                break;
            case (WithdrawTemplatesRequest withdraw, WithdrawTemplatesResponse response):
                TemplateFacts.SetWithdrawn(draft, withdraw, response);
                break;
            case (RaiseDisputeRequest raise, RaiseDisputeResponse):
                SetHits(draft, raise.Token, [0]);
                break;
            case (EvaluateRequest, EvaluateResponse):
                draft.Detail.Hits = draft.Detail.Asked;
                break;
        }
    }

    private static void SetSubmitted(EntryDraft draft, SubmitRequest request, SubmitResponse response)
    {
        var accepted = response
            .Results.Index()
            .Where(it => it.Item.Accepted is not null)
            .Select(it => request.Submissions[it.Index])
            .ToList();
        _ = KeyId.TryParse(request.KeyId, out var keyId);
        draft.Detail.Hits = (uint)accepted.Count;
        SetRefused(draft, response.Results.Select(it => it.Error));
        draft.SetPseudonyms([.. accepted.Select(it => TokenDerivation.FromElement(keyId, it.Element.Span))]);
        SetAudiences(draft, accepted.Select(it => it.Statement));
        SetAsOf(draft, response.Results.Select(it => it.Accepted?.Position).OfType<Position>());
    }

    private static void SetWithdrawn(EntryDraft draft, WithdrawRequest request, WithdrawResponse response)
    {
        var accepted = response
            .Results.Index()
            .Where(it => it.Item.Accepted is not null)
            .Select(it => new Token(request.Withdrawals[it.Index].Token.Span))
            .ToArray();
        draft.Detail.Hits = (uint)accepted.Length;
        SetRefused(draft, response.Results.Select(it => it.Error));
        draft.SetPseudonyms(accepted);
        SetAsOf(draft, response.Results.Select(it => it.Accepted?.Position).OfType<Position>());
    }

    /// <summary>States how many items were refused, and why.</summary>
    internal static void SetRefused(EntryDraft draft, IEnumerable<ItemError?> errors)
    {
        foreach (var (reason, count) in errors.OfType<ItemError>().CountBy(it => it.Reason).OrderBy(it => it.Key))
        {
            draft.Detail.Refused += (uint)count;
            draft.Detail.RefusedItems.Add(new RefusedItems { Reason = reason, Count = (uint)count });
        }
    }

    // A request that is refused for its form may hold anything: what is no whole number of tokens is counted, not read.
    private static void SetTokens(EntryDraft draft, ByteString packed)
    {
        var count = packed.Length / Token.Size;
        draft.Detail.Asked = (uint)count;
        if (count <= Limits.MaxBatch)
        {
            draft.SetAsked(packed.Span[..(count * Token.Size)]);
        }
    }

    // Whom an auditor looks at, once a question and not for each of its pages. Of what month the pseudonyms are is in the question.
    private static void SetLookedAt(EntryDraft draft, ByteString pseudonyms)
    {
        if (
            pseudonyms.Length <= Limits.MaxFilterPseudonyms * SignalId.Size
            && Contracts.Forms.FieldFormats.Fits(FieldFormat.PackedPseudonyms, pseudonyms)
        )
        {
            draft.Detail.Pseudonyms = pseudonyms;
        }
    }

    private static void SetHits(EntryDraft draft, ByteString packed, IReadOnlyList<int> places)
    {
        draft.Detail.Hits = (uint)places.Count;
        draft.SetPseudonyms([.. places.Select(place => TokenAt(packed, place))]);
    }

    internal static void SetAsOf(EntryDraft draft, IEnumerable<Position> positions) =>
        draft.Detail.AsOf.Add(positions.DistinctBy(it => it.Shard).OrderBy(it => it.Shard).Take(MaxPositions));

    internal static void SetAudiences(EntryDraft draft, IEnumerable<Signal> signals) =>
        SetAudiences(draft, signals.Select(signal => signal.Statement));

    internal static void SetAudiences(EntryDraft draft, IEnumerable<SignalStatement> statements) =>
        draft.Detail.Audiences.Add(
            statements
                .SelectMany(statement => statement.Audience.GroupIds)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Take(MaxAudiences)
        );

    private static Token TokenAt(ByteString packed, int place) =>
        new(packed.Span.Slice(place * Token.Size, Token.Size));

    private static ByteString CaseOf(object? request) =>
        request is IMessage message
        && message.Descriptor.FindFieldByName("case_id")?.Accessor.GetValue(message) is ByteString caseId
        && Contracts.Forms.FieldFormats.Fits(FieldFormat.Id16, caseId)
            ? caseId
            : ByteString.Empty;

    // Whatever has a member_id in the right form is about that member.
    private static string SubjectOf(object? request) =>
        request is IMessage message
        && message.Descriptor.FindFieldByName("member_id")?.Accessor.GetValue(message) is string member
        && Contracts.Forms.FieldFormats.Fits(FieldFormat.Slug, member)
            ? member
            : "";
}
