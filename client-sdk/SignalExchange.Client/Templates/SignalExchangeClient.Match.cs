using System.Runtime.CompilerServices;
using Google.Protobuf;
using SignalExchange.Client.Errors;
using SignalExchange.Client.Telemetry;
using SignalExchange.Client.Templates;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens.Templates;

namespace SignalExchange.Client;

/// <content>Asking whether ads are edited copies of templates.</content>
public sealed partial class SignalExchangeClient
{
    // Their evaluations take about two seconds of one core: long enough to be worth a call, short enough for answers to flow.
    private const int AdsAtOnce = 64;

    /// <inheritdoc/>
    public async Task<AdMatchResult> MatchAdAsync(
        string text,
        CheckPurpose purpose,
        AdSearch search = AdSearch.Whole,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(text);
        RequirePurpose(purpose);
        var results = await MatchAsync([text], purpose, search, _calls.MatchAdsAsync, cancellationToken)
            .ConfigureAwait(false);
        return results[0];
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<AdMatchResult> MatchAdsAsync(
        IAsyncEnumerable<string> texts,
        CheckPurpose purpose,
        AdSearch search = AdSearch.Whole,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(texts);
        RequirePurpose(purpose);
        var line = _calls.OpenMatchLine();
        await using var _ = line.ConfigureAwait(false);
        var results = _bulk.RunAsync(
            texts,
            (batch, token) => MatchAsync(batch, purpose, search, line.SendAsync, token),
            cancellationToken,
            AdsAtOnce
        );
        await foreach (var result in results.ConfigureAwait(false))
        {
            yield return result;
        }
    }

    /// <summary>The one way in which ads are asked about, whichever way requests go.</summary>
    private Task<IReadOnlyList<AdMatchResult>> MatchAsync(
        IReadOnlyList<string> texts,
        CheckPurpose purpose,
        AdSearch search,
        Func<MatchAdsRequest, CancellationToken, Task<MatchAdsResponse>> send,
        CancellationToken cancellationToken
    ) =>
        ClientTelemetry.MeasureAsync<IReadOnlyList<AdMatchResult>>(
            ClientOperation.MatchAds,
            texts.Count,
            async () =>
            {
                var sketches = texts.Select(AdSketch.From).ToArray();
                var found = Array.ConvertAll(sketches, _ => new List<TemplateMatch>());
                var accepted = sketches.Index().Where(it => it.Item.IsAccepted).ToList();
                var wholes = accepted.Select(it => (it.Index, it.Item.Sketch!));
                var windows = accepted.SelectMany(it => WindowsOf(it.Index, texts[it.Index], search));
                var whole = new MatchAdsRequest { Purpose = purpose };
                var part = new MatchAdsRequest { Purpose = purpose, Parts = true };
                await AskAllAsync(wholes, found, whole, send, cancellationToken).ConfigureAwait(false);
                await AskAllAsync(windows, found, part, send, cancellationToken).ConfigureAwait(false);
                return
                [
                    .. sketches.Zip(
                        found,
                        (sketch, matches) =>
                            sketch.IsAccepted ? AdMatchResult.Of(matches) : AdMatchResult.Refused(sketch.Refusal.Value)
                    ),
                ];
            }
        );

    private static IEnumerable<(int Place, AdSketch Sketch)> WindowsOf(int place, string text, AdSearch search) =>
        search == AdSearch.Windows ? AdWindows.Of(text).Select(window => (place, window)) : [];

    /// <summary>Asks about sketches, batch by batch, and adds what is answered to the lists of their ads.</summary>
    private async Task AskAllAsync(
        IEnumerable<(int Place, AdSketch Sketch)> ads,
        List<TemplateMatch>[] found,
        MatchAdsRequest question,
        Func<MatchAdsRequest, CancellationToken, Task<MatchAdsResponse>> send,
        CancellationToken cancellationToken
    )
    {
        foreach (var batch in ads.Chunk(AdsAtOnce))
        {
            var sketches = Array.ConvertAll(batch, ad => ad.Sketch);
            var answers = await _ads.RunAsync(
                    keyId => AskAsync(keyId, sketches, question, send, cancellationToken),
                    cancellationToken
                )
                .ConfigureAwait(false);
            foreach (var (place, matches) in batch.Zip(answers, (ad, matches) => (ad.Place, matches)))
            {
                found[place].AddRange(matches);
            }
        }
    }

    private async Task<IReadOnlyList<IReadOnlyList<TemplateMatch>>> AskAsync(
        KeyId keyId,
        AdSketch[] ads,
        MatchAdsRequest question,
        Func<MatchAdsRequest, CancellationToken, Task<MatchAdsResponse>> send,
        CancellationToken cancellationToken
    )
    {
        var evaluated = await _ads.EvaluateAsync(keyId, ads, cancellationToken).ConfigureAwait(false);
        var request = question.Clone();
        request.KeyId = keyId.ToString();
        request.BandTokens = UnsafeByteOperations.UnsafeWrap(evaluated.SelectMany(ad => ad.BandTokens).ToArray());
        request.AtLeast.Add(_options.ReadsOwnWrites ? _positions.Recent() : []);
        try
        {
            return MatchesOf(await send(request, cancellationToken).ConfigureAwait(false), ads.Length);
        }
        catch (SignalExchangeException refused) when (refused.Reason == ErrorReason.AnswerTooLarge && ads.Length > 1)
        {
            var half = ads.Length / 2;
            var first = await AskAsync(keyId, ads[..half], question, send, cancellationToken).ConfigureAwait(false);
            var second = await AskAsync(keyId, ads[half..], question, send, cancellationToken).ConfigureAwait(false);
            return [.. first, .. second];
        }
    }

    private static IReadOnlyList<TemplateMatch>[] MatchesOf(MatchAdsResponse response, int count)
    {
        var matches = new IReadOnlyList<TemplateMatch>[count];
        Array.Fill(matches, []);
        foreach (var ad in response.Ads)
        {
            if (ad.Index >= count)
            {
                throw SignalExchangeException.Unfit($"The exchange answered about ad {ad.Index} of {count}.");
            }

            matches[ad.Index] = ad.Templates;
        }

        return matches;
    }
}
