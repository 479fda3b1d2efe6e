using Google.Protobuf;
using SignalExchange.Client.Errors;
using SignalExchange.Client.Telemetry;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Checks;

/// <summary>Asks about tokens of one key, and reads the answers; asks in halves what does not fit into one.</summary>
/// <param name="positions">What this client wrote lately; null if its checks need not see it.</param>
internal sealed class TokenChecker(PositionMemory? positions)
{
    /// <summary>The most positions in a request: <c>max_items</c> of <c>CheckRequest.at_least</c>.</summary>
    internal const int MaxPositions = 256;

    /// <summary>Asks.</summary>
    /// <param name="question">The tokens and what else the request says.</param>
    /// <param name="send">Sends a request: by itself, or over a stream.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>As many results as tokens, in the same order.</returns>
    public async Task<IReadOnlyList<TokenCheckResult>> AskAsync(
        CheckQuestion question,
        Func<CheckRequest, CancellationToken, Task<CheckResponse>> send,
        CancellationToken cancellationToken
    )
    {
        var request = RequestOf(question);
        if (question.Tokens.Length > 1 && request.AtLeast.Count > Math.Max(MaxPositions, question.AtLeast.Count))
        {
            return await AskInHalvesAsync(question, send, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            var response = await send(request, cancellationToken).ConfigureAwait(false);
            ClientTelemetry.CountBatch(ClientOperation.Check, question.KeyId.Type);
            return ResultsOf(question, response);
        }
        catch (SignalExchangeException refused)
            when (refused.Reason == ErrorReason.AnswerTooLarge && question.Tokens.Length > 1)
        {
            return await AskInHalvesAsync(question, send, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Packs tokens one after the other, as requests carry them.</summary>
    public static ByteString Pack(ReadOnlySpan<Token> tokens)
    {
        var packed = new byte[tokens.Length * Token.Size];
        for (var place = 0; place < tokens.Length; place++)
        {
            tokens[place].CopyTo(packed.AsSpan(place * Token.Size));
        }

        return UnsafeByteOperations.UnsafeWrap(packed);
    }

    private async Task<IReadOnlyList<TokenCheckResult>> AskInHalvesAsync(
        CheckQuestion question,
        Func<CheckRequest, CancellationToken, Task<CheckResponse>> send,
        CancellationToken cancellationToken
    )
    {
        var half = question.Tokens.Length / 2;
        var first = await AskAsync(question with { Tokens = question.Tokens[..half] }, send, cancellationToken)
            .ConfigureAwait(false);
        var second = await AskAsync(question with { Tokens = question.Tokens[half..] }, send, cancellationToken)
            .ConfigureAwait(false);
        return [.. first, .. second];
    }

    private CheckRequest RequestOf(CheckQuestion question) =>
        new()
        {
            KeyId = question.KeyId.ToString(),
            Tokens = Pack(question.Tokens),
            Purpose = question.Purpose,
            AtLeast = { positions?.For(question.Tokens, question.AtLeast) ?? question.AtLeast },
        };

    private static TokenCheckResult[] ResultsOf(CheckQuestion question, CheckResponse response)
    {
        var verdicts = new Verdict?[question.Tokens.Length];
        foreach (var hit in response.Hits)
        {
            if (hit.Index >= verdicts.Length)
            {
                throw SignalExchangeException.Unfit(
                    $"The exchange answered about token {hit.Index} of {verdicts.Length}."
                );
            }

            verdicts[hit.Index] = hit.Verdict;
        }

        return
        [
            .. question.Tokens.Select((token, place) => new TokenCheckResult(token, verdicts[place], response.AsOf)),
        ];
    }
}
