using Grpc.Core;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Forms;
using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Quotas;
using SignalExchange.Grains.Templates;
using SignalExchange.Silo.Errors;
using SignalExchange.Silo.Security;
using SignalExchange.Tokens;

namespace SignalExchange.Silo.Templates;

internal sealed partial class TemplateGrpcService
{
    /// <inheritdoc/>
    /// <remarks>Paced like a match: a template that others told of is in memory, one that nobody did is looked for in the storage.</remarks>
    public override Task<GrowTemplatesResponse> GrowTemplates(
        GrowTemplatesRequest request,
        ServerCallContext context
    ) => pace.Keep(() => Grow(request, context), context.CancellationToken);

    private async Task<GrowTemplatesResponse> Grow(GrowTemplatesRequest request, ServerCallContext context)
    {
        Require.Form(request);
        var keyId = await RequireKey(request.KeyId, forSubmission: true, context.CancellationToken);
        var caller = context.GetCaller().Caller;
        using var reserved = await quotas.ReserveWrites(
            caller.Member,
            WriteKind.Registrations,
            request.Growths.Count,
            context.CancellationToken
        );
        var drafts = ReadAll(request.Growths, growth => growth.SubmissionId, growth => Read(growth, keyId, caller));
        var results = await Write(
            drafts,
            reserved,
            (_, draft, cancelled) =>
            {
                var command = new GrowCommand(
                    draft.Submit!,
                    draft.Sketch!,
                    matcher.Threshold,
                    templates.Value.StrongBands,
                    gate.Judge(draft.BandTokens, caller.Member, minBands: 0)?.ToItemError()
                );
                return retries.Run(
                    () =>
                        Template(draft.Token)
                            .Grow(
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
        return new GrowTemplatesResponse { Results = { results } };
    }

    private TemplateDraft Read(TemplateGrowth growth, KeyId keyId, Caller caller)
    {
        var refusal =
            MessageForms.Check(growth)
            ?? SketchReader.CheckElements(growth.Elements)
            ?? submissions.CheckStatement(growth.Statement, keyId.Type, caller);
        if (refusal is { } found)
        {
            return new(found);
        }

        var bandTokens = TemplateDerivation.BandTokens(keyId, growth.Elements.Span);
        return new(
            TokenOf(growth.TemplateId),
            CommandOf(growth.SubmissionId, growth.Statement, keyId, caller),
            sketches.Read(keyId, growth.Elements, bandTokens),
            bandTokens,
            null
        );
    }
}
