using System.Runtime.CompilerServices;
using SignalExchange.Client.Checks;
using SignalExchange.Client.Telemetry;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens;

namespace SignalExchange.Client;

/// <content>Checks, alone, in batches, in bulk and by token.</content>
public sealed partial class SignalExchangeClient
{
    /// <inheritdoc/>
    public async Task<CheckResult> CheckAsync(
        Identifier identifier,
        CheckPurpose purpose,
        CancellationToken cancellationToken = default
    ) => (await CheckBatchAsync([identifier], purpose, cancellationToken).ConfigureAwait(false))[0];

    /// <inheritdoc/>
    public Task<IReadOnlyList<CheckResult>> CheckBatchAsync(
        IReadOnlyList<Identifier> identifiers,
        CheckPurpose purpose,
        CancellationToken cancellationToken
    ) => CheckBatchAsync(identifiers, purpose, atLeast: null, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<CheckResult>> CheckBatchAsync(
        IReadOnlyList<Identifier> identifiers,
        CheckPurpose purpose,
        IReadOnlyCollection<Position>? atLeast = null,
        CancellationToken cancellationToken = default
    ) => CheckAsync(identifiers, purpose, atLeast ?? [], _calls.CheckAsync, cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<CheckResult> CheckManyAsync(
        IAsyncEnumerable<Identifier> identifiers,
        CheckPurpose purpose,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(identifiers);
        var line = _calls.OpenCheckLine();
        await using var _ = line.ConfigureAwait(false);
        var results = _bulk.RunAsync(
            identifiers,
            (batch, token) => CheckAsync(batch, purpose, [], line.SendAsync, token),
            cancellationToken
        );
        await foreach (var result in results.ConfigureAwait(false))
        {
            yield return result;
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<TokenCheckResult>> CheckTokensAsync(
        KeyId keyId,
        IReadOnlyList<Token> tokens,
        CheckPurpose purpose,
        IReadOnlyCollection<Position>? atLeast = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(tokens);
        RequirePurpose(purpose);
        return ClientTelemetry.MeasureAsync<IReadOnlyList<TokenCheckResult>>(
            ClientOperation.CheckTokens,
            tokens.Count,
            async () =>
            {
                var results = new List<TokenCheckResult>(tokens.Count);
                foreach (var batch in tokens.Chunk(_options.BatchSize))
                {
                    var question = new CheckQuestion(keyId, batch, purpose, atLeast ?? []);
                    results.AddRange(
                        await _checker.AskAsync(question, _calls.CheckAsync, cancellationToken).ConfigureAwait(false)
                    );
                }

                return results;
            }
        );
    }

    /// <summary>The one way in which identifiers are asked about, whichever way requests go.</summary>
    private Task<IReadOnlyList<CheckResult>> CheckAsync(
        IReadOnlyList<Identifier> identifiers,
        CheckPurpose purpose,
        IReadOnlyCollection<Position> atLeast,
        Func<CheckRequest, CancellationToken, Task<CheckResponse>> send,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(identifiers);
        RequirePurpose(purpose);
        return ClientTelemetry.MeasureAsync<IReadOnlyList<CheckResult>>(
            ClientOperation.Check,
            identifiers.Count,
            () =>
                _batches.RunAsync(
                    identifiers,
                    static identifier => identifier,
                    static _ => Token.Size,
                    async (batch, token) =>
                    {
                        var question = new CheckQuestion(batch.KeyId, batch.PlainTokens(), purpose, atLeast);
                        var results = await _checker.AskAsync(question, send, token).ConfigureAwait(false);
                        return batch.Items.Zip(
                            results,
                            (identifier, result) => new CheckResult(identifier, result.Verdict, result.AsOf)
                        );
                    },
                    cancellationToken
                )
        );
    }
}
