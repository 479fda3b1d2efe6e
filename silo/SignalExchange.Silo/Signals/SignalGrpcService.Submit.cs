using Grpc.Core;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Quotas;
using SignalExchange.Silo.Errors;
using SignalExchange.Silo.Security;

namespace SignalExchange.Silo.Signals;

internal sealed partial class SignalGrpcService
{
    /// <inheritdoc/>
    /// <remarks>Paced like a check: what the index knows is written by its grain, what it does not know by its shard.</remarks>
    public override Task<SubmitResponse> Submit(SubmitRequest request, ServerCallContext context) =>
        pace.Keep(
            () => Submit(request, context.GetCaller().Caller, context.CancellationToken),
            context.CancellationToken
        );

    private async Task<SubmitResponse> Submit(SubmitRequest request, Caller caller, CancellationToken cancellationToken)
    {
        using var timing = metrics.Time("submit");
        Require.Form(request);
        var key = await RequireKey(request.KeyId, forSubmission: true, cancellationToken);
        var count = request.Submissions.Count;
        using var reserved = await quotas.ReserveWrites(caller.Member, WriteKind.Submissions, count, cancellationToken);
        var drafts = ReadDrafts(request, key.KeyId, caller);
        if (key.Pair is { } pair)
        {
            var elements = request.Submissions.Select(submission => submission.Element.Memory).ToList();
            await pairing.Pair(drafts, elements, key.KeyId, pair, cancellationToken);
        }

        var results = new SubmitResult?[drafts.Length];
        for (var place = 0; place < drafts.Length; place++)
        {
            if (drafts[place].Refusal is { } refusal)
            {
                results[place] = new SubmitResult { Error = refusal.ToItemError() };
            }
        }

        await freshness.RequireCurrent(
            drafts.Where(draft => draft.Command is not null).Select(draft => draft.Token),
            cancellationToken
        );

        // From here on it happens, whether the caller waits for it or not, and its entry in the access log says what came of it.
        reserved.Spend();
        await newIndicators.Submit(drafts, results);
        await items.Run(
            [.. drafts.Zip(results, (draft, result) => result is null ? draft.Token : (Token?)null)],
            async (place, cancelled) => results[place] = await Submit(drafts[place], cancelled),
            (place, error) => results[place] = new SubmitResult { Error = error }
        );
        reserved.PutBack(count - results.Count(result => result!.Accepted is { AlreadyKnown: false }));
        metrics.Submitted(request, key.KeyId, results);
        return new SubmitResponse { Results = { results } };
    }

    private SubmissionDraft[] ReadDrafts(SubmitRequest request, KeyId keyId, Caller caller)
    {
        var duplicates = ItemBatch.FindDuplicates(request.Submissions.Select(submission => submission.SubmissionId));
        return
        [
            .. request
                .Submissions.Index()
                .Select(entry =>
                    duplicates.Contains(entry.Index)
                        ? new SubmissionDraft(new Refusal(ErrorReason.DuplicateInBatch, "submission_id"))
                        : submissions.Read(entry.Item, keyId, caller)
                ),
        ];
    }

    private Task<SubmitResult> Submit(SubmissionDraft draft, CancellationToken cancellationToken) =>
        retries.Run(() => SubmitOnce(draft, cancellationToken), result => result.Error, cancellationToken);

    private async Task<SubmitResult> SubmitOnce(SubmissionDraft draft, CancellationToken cancellationToken) =>
        draft.Way is { } way && await Indicator(way.From).Move(way.Move, cancellationToken) is { } stuck
            ? new SubmitResult { Error = stuck }
            : await Indicator(draft.Token)
                .Submit(draft.Command! with { AsOf = freshness.AsOf(draft.Token) }, cancellationToken);
}
