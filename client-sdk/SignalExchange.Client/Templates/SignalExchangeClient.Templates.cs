using Google.Protobuf;
using SignalExchange.Client.Errors;
using SignalExchange.Client.Submissions;
using SignalExchange.Client.Telemetry;
using SignalExchange.Client.Templates;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.Forms;
using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens.Templates;

namespace SignalExchange.Client;

/// <content>Templates of ads: registering, growing, withdrawing, reading.</content>
public sealed partial class SignalExchangeClient
{
    /// <inheritdoc/>
    public Task<TemplateOutcome> RegisterTemplateAsync(
        string text,
        SignalStatement statement,
        int minBands = 0,
        SubmissionId? submissionId = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(statement);
        ArgumentOutOfRangeException.ThrowIfNegative(minBands);
        var id = submissionId ?? SubmissionId.NewId();
        return ClientTelemetry.MeasureAsync(
            ClientOperation.RegisterTemplate,
            1,
            () =>
                WriteTemplateAsync(
                    id,
                    text,
                    statement,
                    async (keyId, elements) =>
                    {
                        var registration = new TemplateRegistration
                        {
                            SubmissionId = id.ToByteString(),
                            Elements = elements,
                            Statement = statement,
                            MinBands = (uint)minBands,
                        };
                        var request = new RegisterTemplatesRequest
                        {
                            KeyId = keyId.ToString(),
                            Registrations = { registration },
                        };
                        var response = await _calls
                            .RegisterTemplatesAsync(request, cancellationToken)
                            .ConfigureAwait(false);
                        return response.Results;
                    },
                    cancellationToken
                )
        );
    }

    /// <inheritdoc/>
    public Task<TemplateOutcome> GrowTemplateAsync(
        TemplateId template,
        string text,
        SignalStatement statement,
        SubmissionId? submissionId = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(statement);
        var id = submissionId ?? SubmissionId.NewId();
        return ClientTelemetry.MeasureAsync(
            ClientOperation.GrowTemplate,
            1,
            () =>
                WriteTemplateAsync(
                    id,
                    text,
                    statement,
                    async (keyId, elements) =>
                    {
                        var growth = new TemplateGrowth
                        {
                            SubmissionId = id.ToByteString(),
                            TemplateId = template.ToByteString(),
                            Elements = elements,
                            Statement = statement,
                        };
                        var request = new GrowTemplatesRequest { KeyId = keyId.ToString(), Growths = { growth } };
                        var response = await _calls
                            .GrowTemplatesAsync(request, cancellationToken)
                            .ConfigureAwait(false);
                        return response.Results;
                    },
                    cancellationToken
                )
        );
    }

    /// <inheritdoc/>
    public Task<SubmitOutcome> WithdrawTemplateAsync(
        TemplateId template,
        RetractionReason reason,
        SubmissionId? submissionId = null,
        CancellationToken cancellationToken = default
    )
    {
        var id = submissionId ?? SubmissionId.NewId();
        if (Refuse(reason) is { } refusal)
        {
            return Task.FromResult(SubmitOutcome.Refused(id, refusal));
        }

        var request = new WithdrawTemplatesRequest
        {
            Withdrawals =
            {
                new TemplateWithdrawal
                {
                    SubmissionId = id.ToByteString(),
                    TemplateId = template.ToByteString(),
                    Reason = reason,
                },
            },
        };
        return ClientTelemetry.MeasureAsync(
            ClientOperation.WithdrawTemplate,
            1,
            async () =>
            {
                var outcome = await _itemRetries
                    .SendOneAsync(
                        async () =>
                        {
                            var response = await _calls
                                .WithdrawTemplatesAsync(request, cancellationToken)
                                .ConfigureAwait(false);
                            return SubmitOutcome.From(id, Only(response.Results));
                        },
                        outcome => outcome.IsTransient,
                        cancellationToken
                    )
                    .ConfigureAwait(false);
                _positions.Remember(outcome.Position);
                return outcome;
            }
        );
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<TemplateReadResult>> GetTemplatesAsync(
        IReadOnlyList<TemplateId> templates,
        CheckPurpose purpose,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(templates);
        RequirePurpose(purpose);
        return ClientTelemetry.MeasureAsync<IReadOnlyList<TemplateReadResult>>(
            ClientOperation.GetTemplates,
            templates.Count,
            async () =>
            {
                var results = new List<TemplateReadResult>(templates.Count);
                foreach (var batch in templates.Chunk(Limits.MaxGetBatch))
                {
                    results.AddRange(await ReadTemplatesAsync(batch, purpose, cancellationToken).ConfigureAwait(false));
                }

                return results;
            }
        );
    }

    /// <summary>Reads; in halves what does not fit into one answer.</summary>
    private async Task<IEnumerable<TemplateReadResult>> ReadTemplatesAsync(
        TemplateId[] templates,
        CheckPurpose purpose,
        CancellationToken cancellationToken
    )
    {
        var request = new GetTemplatesRequest
        {
            TemplateIds = { templates.Select(template => template.ToByteString()) },
            Purpose = purpose,
        };
        try
        {
            var response = await _calls.GetTemplatesAsync(request, cancellationToken).ConfigureAwait(false);
            var known = response.Results.ToDictionary(result => (int)result.Index, result => result.Signals);
            return templates.Select(
                (template, place) => new TemplateReadResult(template, known.TryGetValue(place, out var it) ? it : [])
            );
        }
        catch (SignalExchangeException refused)
            when (refused.Reason == ErrorReason.AnswerTooLarge && templates.Length > 1)
        {
            var half = templates.Length / 2;
            var first = await ReadTemplatesAsync(templates[..half], purpose, cancellationToken).ConfigureAwait(false);
            var second = await ReadTemplatesAsync(templates[half..], purpose, cancellationToken).ConfigureAwait(false);
            return first.Concat(second);
        }
    }

    /// <summary>The one way in which an ad joins a template. What the exchange would refuse is refused here; nothing is spent to learn it.</summary>
    private async Task<TemplateOutcome> WriteTemplateAsync(
        SubmissionId id,
        string text,
        SignalStatement statement,
        Func<KeyId, ByteString, Task<IReadOnlyList<TemplateResult>>> send,
        CancellationToken cancellationToken
    )
    {
        var sketch = AdSketch.From(text);
        if (!sketch.IsAccepted)
        {
            return TemplateOutcome.Refused(id, sketch.Refusal.Value);
        }

        if (RefuseTemplate(statement) is { } refusal)
        {
            return TemplateOutcome.Refused(id, refusal);
        }

        var outcome = await _ads.RunAsync(
                async keyId =>
                {
                    var evaluated = await _ads.EvaluateAsync(keyId, [sketch.Sketch], cancellationToken)
                        .ConfigureAwait(false);
                    var packed = UnsafeByteOperations.UnsafeWrap(evaluated[0].Elements);
                    return await _itemRetries
                        .SendOneAsync(
                            async () => TemplateOutcome.From(id, Only(await send(keyId, packed).ConfigureAwait(false))),
                            outcome => outcome.IsTransient,
                            cancellationToken
                        )
                        .ConfigureAwait(false);
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        _positions.Remember(outcome.Position);
        return outcome;
    }

    private Refusal? RefuseTemplate(SignalStatement statement) =>
        MessageForms.Check(statement)?.Within("statement")
        ?? StatementRules.Check(statement, IndicatorType.AdTemplate, _options.Clock.GetUtcNow())?.Within("statement");

    private static T Only<T>(IReadOnlyList<T> results) =>
        results is [var only]
            ? only
            : throw SignalExchangeException.Unfit($"The exchange answered {results.Count} of 1 items.");
}
