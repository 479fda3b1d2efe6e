using SignalExchange.Client.Checks;
using SignalExchange.Client.Errors;
using SignalExchange.Client.Telemetry;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens;

namespace SignalExchange.Client;

/// <content>Reading signals.</content>
public sealed partial class SignalExchangeClient
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<ReadResult>> GetAsync(
        IReadOnlyList<Identifier> identifiers,
        CheckPurpose purpose,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(identifiers);
        RequirePurpose(purpose);
        return ClientTelemetry.MeasureAsync<IReadOnlyList<ReadResult>>(
            ClientOperation.Get,
            identifiers.Count,
            () =>
                _reads.RunAsync(
                    identifiers,
                    static identifier => identifier,
                    static _ => Token.Size,
                    async (batch, token) =>
                    {
                        var signals = await ReadAsync(batch.KeyId, batch.PlainTokens(), purpose, token)
                            .ConfigureAwait(false);
                        return batch.Items.Zip(signals, static (identifier, own) => new ReadResult(identifier, own));
                    },
                    cancellationToken
                )
        );
    }

    /// <summary>Reads by token; in halves what does not fit into one answer.</summary>
    private async Task<IReadOnlyList<IReadOnlyList<Signal>>> ReadAsync(
        KeyId keyId,
        Token[] tokens,
        CheckPurpose purpose,
        CancellationToken cancellationToken
    )
    {
        var request = new GetRequest
        {
            KeyId = keyId.ToString(),
            Tokens = TokenChecker.Pack(tokens),
            Purpose = purpose,
        };
        try
        {
            var response = await _calls.GetAsync(request, cancellationToken).ConfigureAwait(false);
            ClientTelemetry.CountBatch(ClientOperation.Get, keyId.Type);
            return SignalsOf(response, tokens.Length);
        }
        catch (SignalExchangeException refused) when (refused.Reason == ErrorReason.AnswerTooLarge && tokens.Length > 1)
        {
            var half = tokens.Length / 2;
            var first = await ReadAsync(keyId, tokens[..half], purpose, cancellationToken).ConfigureAwait(false);
            var second = await ReadAsync(keyId, tokens[half..], purpose, cancellationToken).ConfigureAwait(false);
            return [.. first, .. second];
        }
    }

    private static IReadOnlyList<Signal>[] SignalsOf(GetResponse response, int count)
    {
        var signals = new IReadOnlyList<Signal>[count];
        Array.Fill(signals, []);
        foreach (var found in response.Results)
        {
            if (found.Index >= count)
            {
                throw SignalExchangeException.Unfit($"The exchange answered about token {found.Index} of {count}.");
            }

            signals[found.Index] = found.Signals;
        }

        return signals;
    }
}
