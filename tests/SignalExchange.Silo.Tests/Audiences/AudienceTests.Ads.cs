using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.Templates;
using SignalExchange.TestKit.Audiences;

namespace SignalExchange.Silo.Tests.Audiences;

// What each member is told of templates.
public sealed partial class AudienceTests
{
    private static async Task<int> CompareAds(LiveWorld live, PlainModel model, WorldMember reader)
    {
        var (ads, asking) = (live.Ads, live.Advertised(reader));
        var told = ads.Said.Select(all => all.Where(said => model.Sees(reader, said)).ToList()).ToList();

        var request = await LiveAds.RequestOf(asking, ads.Ads);
        var answer = await asking.Templates.MatchAdsAsync(request, cancellationToken: Ct);
        CompareMatches(live, model, reader, told, answer);
        Assert.Equal(answer, await StreamedMatch(asking, request));
        await CompareTemplates(live, model, reader, told);

        var hidden = told.Index().Where(it => it.Item.Count == 0).Select(it => it.Index).ToList();
        await CompareSilence(ads, asking, hidden);
        return told.Sum(it => it.Count);
    }

    private static void CompareMatches(
        LiveWorld live,
        PlainModel model,
        WorldMember reader,
        List<List<Said>> told,
        MatchAdsResponse answer
    )
    {
        var matches = answer.Ads.ToDictionary(ad => (int)ad.Index, ad => Assert.Single(ad.Templates));
        Assert.Equal(told.Index().Where(it => it.Item.Count > 0).Select(it => it.Index), matches.Keys.Order());
        foreach (var (place, match) in matches)
        {
            var expected = PlainModel.AnswerTo(told[place]);
            Assert.Equal((live.Ads.Templates[place], MatchStrength.Strong), (match.TemplateId, match.Strength));
            Assert.Equal(Ordered(model, reader, told[place]), Ordered(live, match.Verdict.Signals));
            // Nobody acts on a template without review in its first days.
            Assert.Equal(
                expected with
                {
                    Permits = (PermittedAction)Math.Min((int)expected.Permits, (int)PermittedAction.ReviewRequired),
                },
                PlainAnswer.Of(match.Verdict)
            );
        }
    }

    private static async Task CompareTemplates(
        LiveWorld live,
        PlainModel model,
        WorldMember reader,
        List<List<Said>> told
    )
    {
        var answer = await LiveAds.Get(live.Advertised(reader), live.Ads.Templates);
        var results = answer.Results.ToDictionary(result => (int)result.Index, result => result.Signals);
        foreach (var (place, statements) in live.Ads.Said.Index())
        {
            var own = statements.Where(said => said.Owner.Name == reader.Name && said.IsWithdrawn);
            Assert.Equal(
                Ordered(model, reader, [.. told[place], .. own]),
                Ordered(live, results.GetValueOrDefault(place, []))
            );
        }
    }

    /// <summary>An ad of templates that are not for this reader reads, to the byte, as one that nobody has ever seen.</summary>
    private static async Task CompareSilence(LiveAds ads, AdReporter asking, List<int> hidden)
    {
        if (hidden.Count == 0)
        {
            return;
        }

        var secrets = await LiveAds.RequestOf(asking, hidden.Select(place => ads.Ads[place]));
        var decoys = await LiveAds.RequestOf(asking, hidden.Select(_ => AdReporter.NewAd()));
        Assert.Equal(
            await asking.Templates.MatchAdsAsync(decoys, cancellationToken: Ct),
            await asking.Templates.MatchAdsAsync(secrets, cancellationToken: Ct)
        );
    }

    private static async Task<MatchAdsResponse> StreamedMatch(AdReporter asking, MatchAdsRequest request)
    {
        using var stream = asking.Templates.MatchAdsStream(cancellationToken: Ct);
        await stream.RequestStream.WriteAsync(new() { Batch = request }, Ct);
        Assert.True(await stream.ResponseStream.MoveNext(Ct));
        return stream.ResponseStream.Current.Batch;
    }
}
