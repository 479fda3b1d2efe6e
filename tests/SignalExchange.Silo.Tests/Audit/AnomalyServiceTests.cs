using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using SignalExchange.Audit.Search;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.AccessLog;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.Silo.Tests.Signals;
using SignalExchange.Silo.Tests.Templates;

namespace SignalExchange.Silo.Tests.Audit;

/// <summary>The rules look at what the services write: what members and auditors really do raises the alarms that it should, and no others.</summary>
public sealed class AnomalyServiceTests : IAsyncLifetime
{
    private const int Guesses = 40;

    private readonly ExchangeFixture _exchange = new()
    {
        Settings = ["--Exchange:Audit:Anomalies:EnumerationMinAsked", $"{Guesses}"],
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _exchange.InitializeAsync();

    public ValueTask DisposeAsync() => _exchange.DisposeAsync();

    [Fact]
    public async Task A_member_that_asks_about_ads_and_signals_with_a_purpose_raises_no_alarm()
    {
        var ads = await AdReporter.Join(_exchange, "asks-decently");
        var template = await ads.Register(AdReporter.NewAd());
        await ads.Match(AdReporter.NewAd());
        await ads.Templates.GetTemplatesAsync(
            new() { TemplateIds = { template }, Purpose = CheckPurpose.Investigation },
            cancellationToken: Ct
        );
        var reporter = await Reporter.Join(_exchange, "checks-decently");
        var token = await reporter.TokenOf((await reporter.NewElements(1))[0]);
        await reporter.Check([token]);
        await reporter.Get([token]);

        Assert.Empty(await Alarms(AnomalyRule.Purpose));
        Assert.Empty(await Alarms(AnomalyRule.Enumeration));
    }

    [Fact]
    public async Task A_rescan_that_reads_the_statements_on_templates_is_at_odds_with_its_purpose()
    {
        var ads = await AdReporter.Join(_exchange, "rescans-oddly");
        var template = await ads.Register(AdReporter.NewAd());

        await ads.Templates.GetTemplatesAsync(
            new() { TemplateIds = { template }, Purpose = CheckPurpose.PeriodicRescan },
            cancellationToken: Ct
        );

        Assert.Equal("rescans-oddly", Assert.Single(await Alarms(AnomalyRule.Purpose)).MemberId);
    }

    [Fact]
    public async Task Guessing_ads_is_enumeration()
    {
        var ads = await AdReporter.Join(_exchange, "guesses-ads");

        for (var guess = 0; guess < Guesses; guess += 10)
        {
            await ads.Match([.. Enumerable.Range(0, 10).Select(_ => AdReporter.NewAd())]);
        }

        Assert.Equal("guesses-ads", Assert.Single(await Alarms(AnomalyRule.Enumeration)).MemberId);
    }

    [Fact]
    public async Task An_auditor_who_comes_back_to_one_indicator_again_and_again_is_told_of()
    {
        var reporter = await Reporter.Join(_exchange, "is-looked-up");
        var before = _exchange.Log.Size;
        await reporter.Submit(Reporter.SubmissionOf((await reporter.NewElements(1))[0]));
        var submitted = (await _exchange.EntriesSince(before)).Last(it => it.Hits == 1 && it.Pseudonyms.Length > 0);
        var auditor = await Auditor();
        var audit = new AuditService.AuditServiceClient(_exchange.InvokerFor(auditor));

        for (var look = 0; look < 3; look++)
        {
            await audit.ReportLookupsAsync(new() { Pseudonyms = submitted.Pseudonyms }, cancellationToken: Ct);
        }

        Assert.Empty(await Alarms(AnomalyRule.RepeatedLookup));
        for (var look = 0; look < 2; look++)
        {
            await audit.SearchEntriesAsync(
                new() { Filter = new() { Pseudonyms = submitted.Pseudonyms } },
                cancellationToken: Ct
            );
        }

        Assert.Equal(auditor.Thumbprint, Assert.Single(await Alarms(AnomalyRule.RepeatedLookup)).KeyThumbprint);
    }

    private async Task<IReadOnlyList<Alarm>> Alarms(AnomalyRule rule)
    {
        await _exchange.Services.GetRequiredService<ISearchFollower>().WaitForAsync(_exchange.Log.Size - 1, Ct);
        var book = _exchange.Services.GetRequiredService<SignalExchange.Audit.Anomalies.IAlarmBook>();
        return (await book.ListAsync(new() { Rule = rule }, Ct)).Value!.Alarms;
    }

    private async Task<TestMember> Auditor()
    {
        var key = new TestMember("consortium");
        await new MemberService.MemberServiceClient(_exchange.InvokerFor(_exchange.Operator)).AddMemberKeyAsync(
            new()
            {
                MemberId = "consortium",
                PublicKey = ByteString.CopyFrom(key.PublicKey),
                Role = KeyRole.Auditor,
            },
            cancellationToken: Ct
        );
        return key;
    }
}
