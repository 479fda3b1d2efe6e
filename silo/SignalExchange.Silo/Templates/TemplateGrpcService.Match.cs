using Grpc.Core;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.Templates;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Templates;
using SignalExchange.Index.Templates;
using SignalExchange.Silo.Errors;
using SignalExchange.Silo.Security;

namespace SignalExchange.Silo.Templates;

internal sealed partial class TemplateGrpcService
{
    /// <inheritdoc/>
    public override Task<MatchAdsResponse> MatchAds(MatchAdsRequest request, ServerCallContext context) =>
        pace.Keep(
            () => Match(request, context.GetCaller().Caller, context.CancellationToken),
            context.CancellationToken
        );

    /// <summary>Answers a batch. An ad that fits nothing ends in the index; only what fits reaches a grain.</summary>
    private async Task<MatchAdsResponse> Match(
        MatchAdsRequest request,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        Require.Form(request);
        await RequireKey(request.KeyId, forSubmission: false, cancellationToken);
        var count = RequireAds(request.BandTokens.Span);
        await freshness.Require(request.AtLeast, cancellationToken);
        await quotas.RequireTokens(caller.Member, request.BandTokens.Memory, cancellationToken);
        await freshness.RequireCurrent(cancellationToken);

        var isCounted = !request.Parts && !caller.IsTest && request.Purpose != CheckPurpose.Test;
        var found = FindCandidates(request.BandTokens.Span, caller.Member, isCounted);
        var matches = new TemplateMatch?[found.Count];
        await ForEach(
            found.Count,
            async (place, cancelled) => matches[place] = await Ask(found[place].Candidate, caller, cancelled),
            cancellationToken
        );
        var response = ResponseOf(found, matches);
        Count(request, caller, count, response);
        return Require.Size(response, "band_tokens");
    }

    private static int RequireAds(ReadOnlySpan<byte> bandTokens)
    {
        var (count, rest) = Math.DivRem(bandTokens.Length, AdBytes);
        if (rest != 0)
        {
            throw new Refusal(
                ErrorReason.BandsMalformed,
                "band_tokens",
                Limits.BandsPerAd,
                rest / Token.Size
            ).ToRpcException();
        }

        if (count > Limits.MaxAdBatch)
        {
            throw new Refusal(ErrorReason.TooMany, "band_tokens", Limits.MaxAdBatch, count).ToRpcException();
        }

        for (var ad = 0; ad < count; ad++)
        {
            Require.Nothing(SketchReader.Check(bandTokens.Slice(ad * AdBytes, AdBytes), "band_tokens"));
        }

        return count;
    }

    private List<(int Ad, TemplateCandidate Candidate)> FindCandidates(
        ReadOnlySpan<byte> bandTokens,
        MemberId member,
        bool isCounted
    )
    {
        var found = new List<(int, TemplateCandidate)>();
        for (var ad = 0; ad < bandTokens.Length / AdBytes; ad++)
        {
            foreach (var candidate in matcher.Find(bandTokens.Slice(ad * AdBytes, AdBytes), member, isCounted))
            {
                found.Add((ad, candidate));
            }
        }

        return found;
    }

    /// <summary>Asks a template; one that the caller may not hear of reads the same as one that does not fit.</summary>
    private async Task<TemplateMatch?> Ask(
        TemplateCandidate candidate,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        // Read before the grain is asked, so the answer is true at it or later.
        var position = freshness.PositionOf(candidate.Token);
        SketchMatch[] fits =
        [
            .. candidate.Sketches.Select(sketch => new SketchMatch(sketch.Place, sketch.AgreeingBands)),
        ];
        if (
            await Template(candidate.Token)
                .Match(
                    caller,
                    fits,
                    matcher.Threshold,
                    templates.Value.StrongBands,
                    (long)position.Sequence,
                    cancellationToken
                )
            is not { } answer
        )
        {
            return null;
        }

        var verdict = answer.Verdict;
        verdict.Position = position;
        verdict.PermittedAction = TemplateVerdictPolicy.Limit(
            verdict.PermittedAction,
            answer.Strength,
            candidate.IsNew
        );
        return new TemplateMatch
        {
            TemplateId = names.NameOf(candidate.Token).ToByteString(),
            Strength = answer.Strength,
            Verdict = verdict,
        };
    }

    private static MatchAdsResponse ResponseOf(
        List<(int Ad, TemplateCandidate Candidate)> found,
        TemplateMatch?[] matches
    ) =>
        new()
        {
            Ads =
            {
                found
                    .Zip(matches, (it, match) => (it.Ad, Match: match))
                    .Where(it => it.Match is not null)
                    .GroupBy(it => it.Ad, it => it.Match!)
                    .Select(ad => new AdMatches
                    {
                        Index = (uint)ad.Key,
                        Templates = { ad.OrderByDescending(match => match.Strength) },
                    }),
            },
        };

    private void Count(MatchAdsRequest request, Caller caller, int count, MatchAdsResponse response)
    {
        var hits = response.Ads.SelectMany(ad =>
            Enumerable.Range((int)ad.Index * Limits.BandsPerAd, Limits.BandsPerAd)
        );
        quotas.CountHits(caller.Member, request.BandTokens.Span, hits);
        foreach (var ad in response.Ads)
        {
            metrics.Asked(ad.Templates[0].Strength);
        }

        for (var miss = response.Ads.Count; miss < count; miss++)
        {
            metrics.Asked(MatchStrength.Unspecified);
        }
    }
}
