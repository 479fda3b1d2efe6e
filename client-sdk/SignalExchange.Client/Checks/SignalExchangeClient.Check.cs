using Google.Protobuf;
using SignalExchange.Client.Checks;
using SignalExchange.Client.Errors;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens;

namespace SignalExchange.Client;

/// <content>Checks and reads.</content>
public sealed partial class SignalExchangeClient
{
    /// <inheritdoc/>
    public async Task<CheckResult> CheckAsync(
        Identifier identifier,
        CheckPurpose purpose,
        CancellationToken cancellationToken = default
    ) => (await CheckBatchAsync([identifier], purpose, cancellationToken).ConfigureAwait(false))[0];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CheckResult>> CheckBatchAsync(
        IReadOnlyList<Identifier> identifiers,
        CheckPurpose purpose,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(identifiers);
        return await ByTypeAsync(
                identifiers,
                identifier => identifier,
                (keyId, part, tokens, token) => AskAsync(keyId, part, tokens, purpose, token),
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<CheckResult> CheckManyAsync(
        IAsyncEnumerable<Identifier> identifiers,
        CheckPurpose purpose,
        CancellationToken cancellationToken = default
    ) => _bulk.RunAsync(identifiers, (batch, token) => CheckBatchAsync(batch, purpose, token), cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ReadResult>> GetAsync(
        IReadOnlyList<Identifier> identifiers,
        CheckPurpose purpose,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(identifiers);
        return await ByTypeAsync(
                identifiers,
                identifier => identifier,
                (keyId, part, tokens, token) => ReadAsync(keyId, part, tokens, purpose, token),
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<CheckResult>> AskAsync(
        KeyId keyId,
        IReadOnlyList<Identifier> identifiers,
        EvaluatedIdentifier[] tokens,
        CheckPurpose purpose,
        CancellationToken cancellationToken
    )
    {
        var request = new CheckRequest
        {
            KeyId = keyId.ToString(),
            Tokens = Pack(tokens),
            Purpose = purpose,
            AtLeast = { _positions.All },
        };
        CheckResponse response;
        try
        {
            response = await _calls.CheckAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (SignalExchangeException refused) when (refused.Reason == ErrorReason.AnswerTooLarge && tokens.Length > 1)
        {
            return await AskInHalvesAsync(keyId, identifiers, tokens, purpose, cancellationToken).ConfigureAwait(false);
        }

        var verdicts = new Verdict?[tokens.Length];
        foreach (var hit in response.Hits)
        {
            verdicts[hit.Index] = hit.Verdict;
        }

        return
        [
            .. identifiers.Select((identifier, place) => new CheckResult(identifier, verdicts[place], response.AsOf)),
        ];
    }

    /// <summary>Asks twice for half as much: many members reported many of the tokens, and an answer has a limit too.</summary>
    private async Task<IReadOnlyList<CheckResult>> AskInHalvesAsync(
        KeyId keyId,
        IReadOnlyList<Identifier> identifiers,
        EvaluatedIdentifier[] tokens,
        CheckPurpose purpose,
        CancellationToken cancellationToken
    )
    {
        var half = tokens.Length / 2;
        var first = await AskAsync(keyId, [.. identifiers.Take(half)], tokens[..half], purpose, cancellationToken)
            .ConfigureAwait(false);
        var second = await AskAsync(keyId, [.. identifiers.Skip(half)], tokens[half..], purpose, cancellationToken)
            .ConfigureAwait(false);
        return [.. first, .. second];
    }

    private async Task<IReadOnlyList<ReadResult>> ReadAsync(
        KeyId keyId,
        IReadOnlyList<Identifier> identifiers,
        EvaluatedIdentifier[] tokens,
        CheckPurpose purpose,
        CancellationToken cancellationToken
    )
    {
        var results = new ReadResult[tokens.Length];
        foreach (var part in Enumerable.Range(0, tokens.Length).Chunk(Limits.MaxGetBatch))
        {
            var request = new GetRequest
            {
                KeyId = keyId.ToString(),
                Tokens = Pack([.. part.Select(place => tokens[place])]),
                Purpose = purpose,
            };
            var response = await _calls.GetAsync(request, cancellationToken).ConfigureAwait(false);
            foreach (var place in part)
            {
                results[place] = new ReadResult(identifiers[place], []);
            }

            foreach (var found in response.Results)
            {
                var place = part[(int)found.Index];
                results[place] = new ReadResult(identifiers[place], found.Signals);
            }
        }

        return results;
    }

    private static ByteString Pack(EvaluatedIdentifier[] tokens)
    {
        var packed = new byte[tokens.Length * Token.Size];
        for (var place = 0; place < tokens.Length; place++)
        {
            tokens[place].Token.CopyTo(packed.AsSpan(place * Token.Size));
        }

        return UnsafeByteOperations.UnsafeWrap(packed);
    }
}
