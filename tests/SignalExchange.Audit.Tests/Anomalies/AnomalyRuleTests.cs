using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using SignalExchange.Audit.Anomalies;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Tests.Anomalies;

/// <summary>Each rule fires at its threshold and not a step before it.</summary>
public sealed class AnomalyRuleTests
{
    private static readonly DateTimeOffset Noon = TestDetails.Noon;

    [Theory]
    [InlineData(99_999, 0, false)]
    [InlineData(100_000, 0, true)]
    [InlineData(100_000, 1, true)]
    [InlineData(100_000, 2, false)]
    public async Task Enumeration_is_many_asked_and_next_to_none_hit(uint asked, uint hits, bool isFound) =>
        await ExpectAsync(
            AnomalyRule.Enumeration,
            isFound,
            log =>
            {
                log.Add(Noon, TestDetails.Check(asked: asked - 1, hits: hits));
                log.Add(Noon.AddMinutes(50), TestDetails.Check(asked: 1));
            }
        );

    [Theory]
    [InlineData(59, true)]
    [InlineData(66, false)]
    public async Task Enumeration_counts_what_was_asked_within_an_hour(int minutes, bool isFound) =>
        await ExpectAsync(
            AnomalyRule.Enumeration,
            isFound,
            log =>
            {
                log.Add(Noon.AddMinutes(5), TestDetails.Check(asked: 60_000));
                log.Add(Noon.AddMinutes(5 + minutes), TestDetails.Check(asked: 60_000));
            }
        );

    [Fact]
    public async Task Enumeration_of_two_members_is_not_added_up() =>
        await ExpectAsync(
            AnomalyRule.Enumeration,
            false,
            log =>
            {
                log.Add(Noon, TestDetails.Check("gold-dating", 60_000));
                log.Add(Noon, TestDetails.Check("other-member", 60_000));
            }
        );

    // Median 2,000 and deviation 200, a tenth of it: a score of 6 is 2,000 + 6 * 200 / 0.6745 = 3,779.1.
    [Theory]
    [InlineData(3_779, false)]
    [InlineData(3_780, true)]
    public async Task Volume_is_held_against_the_same_hour_of_the_weeks_before(uint asked, bool isFound) =>
        await ExpectAsync(
            AnomalyRule.Volume,
            isFound,
            log =>
            {
                for (var week = 0; week < 6; week++)
                {
                    log.Add(Noon.AddDays(7 * week), TestDetails.Check(asked: 2000, hits: 2));
                    log.Add(Noon.AddDays(7 * week).AddHours(1), TestDetails.Check(asked: 90_000, hits: 90));
                }

                log.Add(Noon.AddDays(42), TestDetails.Check(asked: asked, hits: 4));
            }
        );

    [Theory]
    [InlineData(3, false)]
    [InlineData(4, true)]
    public async Task Volume_needs_four_weeks_of_past(int weeks, bool isFound) =>
        await ExpectAsync(
            AnomalyRule.Volume,
            isFound,
            log =>
            {
                log.Add(Noon, TestDetails.Check(asked: 10, hits: 1));
                log.Add(Noon.AddDays(7 * weeks), TestDetails.Check(asked: 50_000, hits: 500));
            }
        );

    [Theory]
    [InlineData(999, false)]
    [InlineData(1000, true)]
    public async Task Small_volume_is_never_remarkable(uint asked, bool isFound) =>
        await ExpectAsync(
            AnomalyRule.Volume,
            isFound,
            log =>
            {
                log.Add(Noon, TestDetails.Check(asked: 1, hits: 1));
                log.Add(Noon.AddDays(35), TestDetails.Check(asked: asked, hits: 1));
            }
        );

    [Theory]
    [InlineData("2026-11-23T06:59:59.999Z", KeyRole.Operator, true)]
    [InlineData("2026-11-23T07:00:00Z", KeyRole.Operator, false)]
    [InlineData("2026-11-23T19:59:59.999Z", KeyRole.KeyCustodian, false)]
    [InlineData("2026-11-23T20:00:00Z", KeyRole.KeyCustodian, true)]
    [InlineData("2026-11-28T12:00:00Z", KeyRole.MemberAdministrator, true)]
    [InlineData("2026-11-28T12:00:00Z", KeyRole.MemberBackend, false)]
    public async Task Administrators_work_on_weekdays_from_seven_to_eight(string time, KeyRole role, bool isFound) =>
        await ExpectAsync(
            AnomalyRule.OffHours,
            isFound,
            log =>
                log.Add(
                    DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture),
                    TestDetails.By(role, "/console/members")
                )
        );

    [Fact]
    public async Task The_working_day_is_that_of_the_configured_zone() =>
        await ExpectAsync(
            AnomalyRule.OffHours,
            true,
            log => log.Add(Noon, TestDetails.By(KeyRole.Operator, "/console/members")),
            options => options.WorkdayTimeZone = "Asia/Tokyo" // 21:00
        );

    [Theory]
    [InlineData(AuditMethods.Check, CheckPurpose.Unspecified, 0, true)]
    [InlineData(AuditMethods.Check, CheckPurpose.PeriodicRescan, 0, false)]
    [InlineData(AuditMethods.Check, CheckPurpose.Unspecified, 3, false)]
    [InlineData(AuditMethods.Get, CheckPurpose.PeriodicRescan, 0, true)]
    [InlineData(AuditMethods.Get, CheckPurpose.Investigation, 0, false)]
    [InlineData(AuditMethods.MatchAds, CheckPurpose.Unspecified, 0, true)]
    [InlineData(AuditMethods.MatchAds, CheckPurpose.ContentReview, 0, false)]
    [InlineData(AuditMethods.MatchAdsStream, CheckPurpose.PeriodicRescan, 0, false)]
    [InlineData(AuditMethods.GetTemplates, CheckPurpose.Investigation, 0, false)]
    [InlineData(AuditMethods.GetTemplates, CheckPurpose.PeriodicRescan, 0, true)]
    [InlineData("/signalexchange.v1.SignalService/Submit", CheckPurpose.Payment, 0, true)]
    [InlineData("/signalexchange.v1.SignalService/Submit", CheckPurpose.Unspecified, 0, false)]
    public async Task A_purpose_is_there_and_fits_the_method(
        string method,
        CheckPurpose purpose,
        int status,
        bool isFound
    ) =>
        await ExpectAsync(
            AnomalyRule.Purpose,
            isFound,
            log =>
                log.Add(
                    Noon,
                    TestDetails.Check(change: it =>
                        (it.Method, it.Purpose, it.StatusCode) = (method, purpose, (uint)status)
                    )
                )
        );

    [Theory]
    [InlineData(KeyRole.Auditor, AuditMethods.GetEntry, false, true)]
    [InlineData(KeyRole.Auditor, AuditMethods.ExportEntries, false, true)]
    [InlineData(KeyRole.Auditor, AuditMethods.GetEntry, true, false)]
    [InlineData(KeyRole.MemberBackend, AuditMethods.Get, false, false)]
    [InlineData(KeyRole.Auditor, "/signalexchange.v1.AuditService/SearchEntries", false, false)]
    public async Task Who_reads_details_names_a_case(KeyRole role, string method, bool hasCase, bool isFound) =>
        await ExpectAsync(
            AnomalyRule.CaseMissing,
            isFound,
            log =>
                log.Add(
                    Noon,
                    TestDetails.By(
                        role,
                        method,
                        it => it.CaseId = hasCase ? TestDetails.Bytes("case", 16) : ByteString.Empty
                    )
                )
        );

    [Theory]
    [InlineData(299, "here", "there", true)]
    [InlineData(300, "here", "there", false)]
    [InlineData(1, "here", "here", false)]
    public async Task One_key_is_used_from_one_place_at_a_time(
        int seconds,
        string first,
        string second,
        bool isFound
    ) =>
        await ExpectAsync(
            AnomalyRule.TwoPlaces,
            isFound,
            log =>
            {
                log.Add(Noon, From(first));
                log.Add(Noon.AddSeconds(seconds), From(second));
            }
        );

    [Fact]
    public async Task Places_of_two_months_are_not_compared_because_their_pseudonyms_always_differ() =>
        await ExpectAsync(
            AnomalyRule.TwoPlaces,
            false,
            log =>
            {
                log.Add(new(2026, 11, 30, 23, 59, 59, TimeSpan.Zero), From("here, as november says it"));
                log.Add(new(2026, 12, 1, 0, 0, 1, TimeSpan.Zero), From("here, as december says it"));
            }
        );

    [Theory]
    [InlineData(99, 0, false)]
    [InlineData(100, 0, true)]
    [InlineData(100, 400, true)]
    [InlineData(100, 401, false)]
    public async Task A_burst_of_refusals_is_many_and_a_fifth_of_all(int refused, int answered, bool isFound) =>
        await ExpectAsync(
            AnomalyRule.Refusals,
            isFound,
            log =>
            {
                for (var i = 0; i < answered; i++)
                {
                    log.Add(Noon, TestDetails.Check(hits: 1));
                }

                for (var i = 0; i < refused; i++)
                {
                    log.Add(Noon.AddSeconds(1), TestDetails.Check(change: it => it.StatusCode = 7));
                }
            }
        );

    [Theory]
    [InlineData("", true)]
    [InlineData("themselves", true)]
    [InlineData("somebody else", false)]
    public async Task An_export_is_approved_by_a_second_person(string approver, bool isFound) =>
        await ExpectAsync(
            AnomalyRule.ExportNotApproved,
            isFound,
            log =>
                log.Add(
                    Noon,
                    TestDetails.By(
                        KeyRole.Auditor,
                        AuditMethods.ExportEntries,
                        it =>
                            it.Changes.Add(
                                new LogChange
                                {
                                    Setting = AuditSettings.ExportApprovedBy,
                                    NewValue =
                                        approver.Length == 0 ? ""
                                        : approver == "themselves" ? it.Actor.KeyThumbprint
                                        : TestDetails.Key(approver),
                                }
                            )
                    )
                )
        );

    [Theory]
    [InlineData(4, KeyRole.Auditor, AuditMethods.ReportLookups, true, false)]
    [InlineData(5, KeyRole.Auditor, AuditMethods.ReportLookups, true, true)]
    [InlineData(5, KeyRole.Auditor, AuditMethods.SearchEntries, true, true)]
    [InlineData(50, KeyRole.Auditor, AuditMethods.SearchEntries, false, false)]
    [InlineData(50, KeyRole.MemberBackend, AuditMethods.Check, true, false)]
    public async Task One_auditor_looks_one_indicator_up_a_few_times_at_most(
        int times,
        KeyRole role,
        string method,
        bool hasPseudonyms,
        bool isFound
    ) =>
        await ExpectAsync(
            AnomalyRule.RepeatedLookup,
            isFound,
            log =>
            {
                for (var i = 0; i < times; i++)
                {
                    var question = hasPseudonyms
                        ? ByteString.CopyFrom([.. RandomEntries.Pseudonym(i), .. RandomEntries.Pseudonym(99)])
                        : ByteString.Empty;
                    log.Add(Noon.AddDays(i % 7), TestDetails.By(role, method, it => it.Pseudonyms = question));
                }
            }
        );

    [Fact]
    public async Task What_was_only_begun_is_no_call_of_its_own()
    {
        using var audit = new AuditUnderTest();
        for (var i = 0; i < 200; i++)
        {
            audit.Log.Add(Noon.AddDays(5), Begun());
        }

        audit.Log.Add(Noon.AddDays(5), TestDetails.By(KeyRole.Operator, "/console/members", it => it.BegunIndex = 199));
        await audit.CatchUpAsync();

        var alarms = await audit.FindAlarmsAsync();
        Assert.Equal(AnomalyRule.OffHours, Assert.Single(alarms).Rule);
        Assert.Equal([200ul], alarms[0].Indexes);
        var period = (uint)AccessLog.Entries.LogPeriod.Of(Noon).Number;
        var usage = await audit.Reports.UsageAsync(
            new() { FirstPeriod = period, LastPeriod = period },
            TestContext.Current.CancellationToken
        );
        Assert.Equal(1ul, Assert.Single(Assert.Single(usage.Value!.Usages).Lines).Calls);
        var begun = await audit.FindAsync(new() { Outcome = EntryOutcome.Begun });
        Assert.Equal((200, true), (begun.Entries.Count, begun.Entries.All(it => it.IsBegun)));
        Assert.Empty((await audit.FindAsync(new() { Outcome = EntryOutcome.Refused })).Entries);
        Assert.Single((await audit.FindAsync(new() { Outcome = EntryOutcome.Answered })).Entries);
    }

    private static AccessLogDetail Begun() =>
        TestDetails.By(KeyRole.Operator, "/console/members", it => (it.IsBegun, it.StatusCode) = (true, 2));

    private static AccessLogDetail From(string place) =>
        TestDetails.Check(hits: 1, change: it => it.Actor.SourcePseudonym = TestDetails.Bytes(place, 16));

    private static async Task ExpectAsync(
        AnomalyRule rule,
        bool isFound,
        Action<TestLog> fill,
        Action<AnomalyOptions>? configure = null
    )
    {
        using var audit = new AuditUnderTest(configure: services =>
            services.Configure<AnomalyOptions>(it => configure?.Invoke(it))
        );
        fill(audit.Log);
        await audit.CatchUpAsync();

        var alarms = await audit.FindAlarmsAsync(new() { Rule = rule });

        Assert.Equal(isFound ? 1 : 0, alarms.Count);
        var marked = await audit.FindAsync(new() { Anomaly = rule });
        Assert.Equal(isFound, marked.Entries.Count > 0);
        if (isFound)
        {
            Assert.Equal(alarms[0].Indexes.Order(), marked.Entries.Select(it => it.Index).Order());
            Assert.All(marked.Entries, entry => Assert.Contains(rule, entry.Anomalies));
            Assert.Contains(alarms[0].LastIndex, alarms[0].Indexes);
        }
    }
}
