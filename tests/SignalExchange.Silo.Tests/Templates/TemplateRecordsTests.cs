using Microsoft.Extensions.DependencyInjection;
using SignalExchange.AccessLog;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.AccessLog;
using SignalExchange.Silo.Tests.Hosting;

namespace SignalExchange.Silo.Tests.Templates;

/// <summary>Every call about a template is an entry of the access log.</summary>
[Collection(SharedExchange.Name)]
public sealed class TemplateRecordsTests(ExchangeFixture exchange)
{
    private const string Service = "/signalexchange.v1.TemplateService/";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private AccessLogHost Log => exchange.Services.GetRequiredService<AccessLogHost>();

    [Fact]
    public async Task Each_call_is_recorded_with_what_was_asked_and_one_name_for_the_template_throughout()
    {
        var (a, b) = (
            await AdReporter.Join(exchange, "ad-recorded", "ad-circle"),
            await AdReporter.Join(exchange, "ad-records", "ad-circle")
        );
        var (ad, before) = (AdReporter.NewAd(), Log.Size);
        var template = await a.Register(ad, it => it.Audience.GroupIds.Add("ad-circle"));
        var growth = AdReporter.RegistrationOf(AdReporter.Sharing(ad, 20));
        await b.Templates.GrowTemplatesAsync(
            new()
            {
                KeyId = (await b.Key()).ToString(),
                Growths =
                {
                    new TemplateGrowth
                    {
                        SubmissionId = growth.SubmissionId,
                        TemplateId = template,
                        Elements = growth.Elements,
                        Statement = growth.Statement,
                    },
                },
            },
            cancellationToken: Ct
        );
        await b.Match(ad, AdReporter.NewAd(), AdReporter.NewAd());
        await b.Templates.GetTemplatesAsync(
            new() { TemplateIds = { template }, Purpose = CheckPurpose.Investigation },
            cancellationToken: Ct
        );
        await a.Withdraw(template);

        var entries = await Log.ReadAsync(before, 100, Ct)
            .Select(entry => entry.Detail!)
            .Where(detail => detail.Method.StartsWith(Service, StringComparison.Ordinal))
            .ToListAsync(Ct);

        Assert.Equal(
            ["RegisterTemplates", "GrowTemplates", "MatchAds", "GetTemplates", "WithdrawTemplates"],
            entries.Select(entry => entry.Method[Service.Length..])
        );
        Assert.Equal([1u, 1u, 3u, 1u, 1u], entries.Select(entry => entry.Asked));
        Assert.Equal([1u, 1u, 1u, 1u, 1u], entries.Select(entry => entry.Hits));
        Assert.Equal(CheckPurpose.ContentReview, entries[2].Purpose);
        Assert.Equal(CheckPurpose.Investigation, entries[3].Purpose);
        Assert.Equal(["ad-circle"], entries[0].Audiences);
        Assert.Equal(["ad-circle"], entries[2].Audiences);
        Assert.Single(entries.Select(entry => entry.Pseudonyms).Distinct());
        Assert.Equal(16, entries[0].Pseudonyms.Length);
        Assert.Equal(32, entries[2].AskedDigest.Length);
    }

    [Fact]
    public async Task A_refused_call_is_recorded_with_its_reason()
    {
        var a = await AdReporter.Join(exchange, "ad-refused");
        var (request, before) = (await a.RequestOf(AdReporter.NewAd(47)), Log.Size);

        await RpcErrors.ReasonOf(() => a.Templates.MatchAdsAsync(request, cancellationToken: Ct).ResponseAsync);

        var entry = await Log.ReadAsync(before, 10, Ct).Select(it => it.Detail!).FirstAsync(Ct);
        Assert.Equal((Service + "MatchAds", ErrorReason.BandsMalformed), (entry.Method, entry.Reason));
    }

    [Fact]
    public async Task A_match_tells_its_caller_where_its_entry_stands()
    {
        var a = await AdReporter.Join(exchange, "ad-receipt");
        using var call = a.Templates.MatchAdsAsync(await a.RequestOf(AdReporter.NewAd()), cancellationToken: Ct);
        await call;

        var receipt = AccessLogReceipt.Parser.ParseFrom(call.GetTrailers().GetValueBytes(CallRecorder.ReceiptTrailer));
        var entry = await Log.ReadAsync((long)receipt.Index, 1, Ct).SingleAsync(Ct);
        Assert.Equal(receipt.Salt, entry.Detail!.Salt);
        Assert.Equal(LogRetention.Traffic, entry.Entry.Retention);
    }
}
