using Google.Protobuf;
using Grpc.Core;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.Forms;
using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.Templates;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Indicators;
using SignalExchange.Grains.Quotas;
using SignalExchange.Grains.Templates;
using SignalExchange.Silo.Errors;
using SignalExchange.Silo.Quotas;
using SignalExchange.Silo.Security;
using SignalExchange.Silo.Signals;
using SignalExchange.Tokens;

namespace SignalExchange.Silo.Templates;

internal sealed partial class TemplateGrpcService
{
    /// <inheritdoc/>
    /// <remarks>Paced like a match: a template that others registered is in memory, one that nobody did is looked for in the storage.</remarks>
    public override Task<RegisterTemplatesResponse> RegisterTemplates(
        RegisterTemplatesRequest request,
        ServerCallContext context
    ) => pace.Keep(() => Register(request, context), context.CancellationToken);

    private async Task<RegisterTemplatesResponse> Register(RegisterTemplatesRequest request, ServerCallContext context)
    {
        Require.Form(request);
        var keyId = await RequireKey(request.KeyId, forSubmission: true, context.CancellationToken);
        var caller = context.GetCaller().Caller;
        using var reserved = await quotas.ReserveWrites(
            caller.Member,
            WriteKind.Registrations,
            request.Registrations.Count,
            context.CancellationToken
        );
        var drafts = ReadAll(
            request.Registrations,
            registration => registration.SubmissionId,
            registration => Read(registration, keyId, caller)
        );
        var results = await Write(
            drafts,
            reserved,
            async (place, draft, cancelled) =>
            {
                var minBands = (int)request.Registrations[place].MinBands;
                var objection =
                    gate.Judge(draft.BandTokens, caller.Member, minBands)
                    ?? await FindOwnCover(draft, caller, cancelled);
                var command = new RegisterCommand(draft.Submit!, draft.Sketch!, minBands, objection?.ToItemError());
                return await retries.Run(
                    () =>
                        Template(draft.Token)
                            .Register(
                                command with
                                {
                                    Submit = command.Submit with { AsOf = freshness.AsOf(draft.Token) },
                                },
                                cancelled
                            ),
                    result => result.Error,
                    cancelled
                );
            },
            context.CancellationToken
        );
        return new RegisterTemplatesResponse { Results = { results } };
    }

    private TemplateDraft Read(TemplateRegistration registration, KeyId keyId, Caller caller)
    {
        var refusal =
            MessageForms.Check(registration)
            ?? CheckMinBands(registration.MinBands)
            ?? SketchReader.CheckElements(registration.Elements)
            ?? submissions.CheckStatement(registration.Statement, keyId.Type, caller);
        if (refusal is { } found)
        {
            return new(found);
        }

        var bandTokens = TemplateDerivation.BandTokens(keyId, registration.Elements.Span);
        return new(
            TemplateDerivation.FromBands(keyId, bandTokens),
            CommandOf(registration.SubmissionId, registration.Statement, keyId, caller),
            sketches.Read(keyId, registration.Elements, bandTokens),
            bandTokens,
            null
        );
    }

    private static Refusal? CheckMinBands(uint minBands) =>
        minBands is 0 or (>= MatchRule.MinThreshold and <= MatchRule.MaxThreshold)
            ? null
            : new Refusal(ErrorReason.OutOfRange, "min_bands", MatchRule.MaxThreshold, minBands);

    // The elements of a template are those of its sketches; the indicator has none of its own.
    private static SubmitCommand CommandOf(ByteString id, SignalStatement statement, KeyId keyId, Caller caller) =>
        new(caller, id.ToByteArray(), keyId.Type, keyId.ToString(), [], statement);

    private static TemplateDraft[] ReadAll<T>(
        IReadOnlyCollection<T> asked,
        Func<T, ByteString> idOf,
        Func<T, TemplateDraft> read
    )
    {
        var duplicates = ItemBatch.FindDuplicates(asked.Select(idOf));
        return
        [
            .. asked
                .Index()
                .Select(entry =>
                    duplicates.Contains(entry.Index)
                        ? new TemplateDraft(new Refusal(ErrorReason.DuplicateInBatch, "submission_id"))
                        : read(entry.Item)
                ),
        ];
    }

    /// <summary>Finds out whether a template of the caller's own finds the ad already: many alike would crowd others out.</summary>
    private async Task<Refusal?> FindOwnCover(TemplateDraft draft, Caller caller, CancellationToken cancellationToken)
    {
        foreach (var candidate in matcher.Find(draft.BandTokens, caller.Member, isCounted: false))
        {
            if (
                candidate.Strength == MatchStrength.Strong
                && await Template(candidate.Token).Read(caller, freshness.AsOf(candidate.Token), cancellationToken)
                    is { } known
                && known.Signals.Any(signal =>
                    signal.Owner == caller.Member.Value && signal.State == SignalState.Active
                )
            )
            {
                return new Refusal(ErrorReason.TemplateCovered, "elements");
            }
        }

        return null;
    }

    private async Task<TemplateResult[]> Write(
        TemplateDraft[] drafts,
        CountedReservation reserved,
        Func<int, TemplateDraft, CancellationToken, Task<SubmitResult>> write,
        CancellationToken cancellationToken
    )
    {
        var results = Array.ConvertAll(drafts, draft => new TemplateResult { Error = draft.Refusal?.ToItemError() });
        await freshness.RequireCurrent(cancellationToken); // A registration is judged by all templates there are.
        reserved.Spend();
        await items.Run(
            [.. drafts.Select(draft => draft.Refusal is null ? draft.Token : (Token?)null)],
            async (place, cancelled) =>
                results[place] = ResultOf(drafts[place].Token, await write(place, drafts[place], cancelled)),
            (place, error) => results[place] = new TemplateResult { Error = error }
        );
        reserved.PutBack(results.Count(result => result.Accepted is not { AlreadyKnown: false }));
        foreach (var result in results.Where(result => result.Error is not null))
        {
            metrics.Refused(result.Error.Reason);
        }

        return results;
    }

    private TemplateResult ResultOf(Token token, SubmitResult result) =>
        result.Accepted is { } accepted
            ? new TemplateResult
            {
                Accepted = new TemplateAccepted
                {
                    TemplateId = names.NameOf(token).ToByteString(),
                    SignalId = accepted.SignalId,
                    Revision = accepted.Revision,
                    Position = accepted.Position,
                    AlreadyKnown = accepted.AlreadyKnown,
                },
            }
            : new TemplateResult { Error = result.Error };
}
