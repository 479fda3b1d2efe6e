using Google.Protobuf;
using SignalExchange.AccessLog.Entries;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Tests.Reports;

/// <summary>Sums are those of the entries; look-ups are all of them, oldest first.</summary>
public sealed class AuditReportsTests
{
    private static readonly uint November = (uint)LogPeriod.Of(TestDetails.Noon).Number;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_months_usage_tells_volumes_purposes_hits_and_refusals()
    {
        using var audit = new AuditUnderTest();
        audit.Log.Add(TestDetails.Noon, TestDetails.Check(asked: 100, hits: 3));
        audit.Log.Add(
            TestDetails.Noon,
            TestDetails.Check(asked: 50, hits: 1, change: it => it.Purpose = CheckPurpose.Payment)
        );
        audit.Log.Add(
            TestDetails.Noon,
            TestDetails.Check(asked: 7, change: it => (it.StatusCode, it.Reason) = (3, ErrorReason.TooMany))
        );
        audit.Log.Add(TestDetails.Noon, TestDetails.Check("other-member", 5));
        await audit.CatchUpAsync();

        var usage = (await UsageAsync(audit, new() { MemberId = "gold-dating" })).Single();
        Assert.Equal((3UL, 157UL, 4UL, 1UL), (usage.Calls, usage.Asked, usage.Hits, usage.RefusedCalls));
        Assert.Equal(
            [
                (CheckPurpose.Registration, ErrorReason.Unspecified, 100UL),
                (CheckPurpose.Registration, ErrorReason.TooMany, 7UL),
                (CheckPurpose.Payment, ErrorReason.Unspecified, 50UL),
            ],
            usage.Lines.Select(it => (it.Purpose, it.Reason, it.Asked))
        );
    }

    [Fact]
    public async Task Usage_is_listed_by_month_and_member_over_pages()
    {
        using var audit = new AuditUnderTest();
        foreach (var month in new[] { -2, -1, 0 })
        {
            foreach (var member in new[] { "cc-member", "aa-member", "bb-member" })
            {
                audit.Log.Add(TestDetails.Noon.AddMonths(month), TestDetails.Check(member));
            }
        }

        await audit.CatchUpAsync();
        var usages = await UsageAsync(audit, new() { FirstPeriod = November - 1, PageSize = 2 });

        Assert.Equal(
            from period in new[] { November - 1, November }
            from member in new[] { "aa-member", "bb-member", "cc-member" }
            select (period, member),
            usages.Select(it => (it.Period, it.MemberId))
        );
    }

    [Fact]
    public async Task Months_are_in_order_and_twenty_four_at_most()
    {
        using var audit = new AuditUnderTest();

        await RefusesAsync(audit, November, November - 1, new(ErrorReason.AuditFilterInvalid, "last_period"));
        await RefusesAsync(audit, November - 24, November, new(ErrorReason.OutOfRange, "last_period", 24, 25));
        Assert.Null((await AskAsync(audit, November - 23, November)).Refusal);
    }

    [Fact]
    public async Task Who_looked_an_indicator_up_is_told_with_dates_members_and_purposes()
    {
        using var audit = new AuditUnderTest();
        for (var i = 0; i < 20; i++)
        {
            audit.Log.Add(
                TestDetails.Noon.AddHours(i),
                TestDetails.Check(
                    $"member-{i % 3}",
                    change: it => it.Pseudonyms = ByteString.CopyFrom(RandomEntries.Pseudonym(i % 5))
                )
            );
        }

        await audit.CatchUpAsync();
        var lookups = new List<Lookup>();
        var request = new ReportLookupsRequest { Pseudonyms = Pseudonyms(2, 4), PageSize = 3 };
        do
        {
            var page = (await audit.Reports.LookupsAsync(request, Cancelled)).Value!;
            lookups.AddRange(page.Lookups);
            request.PageToken = page.NextPageToken;
        } while (request.PageToken.Length > 0);

        Assert.Equal([2UL, 4, 7, 9, 12, 14, 17, 19], lookups.Select(it => it.Index));
        Assert.Equal(("member-1", CheckPurpose.Registration), (lookups[1].MemberId, lookups[1].Purpose));
        Assert.Equal(TestDetails.Noon.AddHours(4), lookups[1].Time.ToDateTimeOffset());
    }

    private static ByteString Pseudonyms(params int[] numbers) =>
        ByteString.CopyFrom([.. numbers.SelectMany(it => RandomEntries.Pseudonym(it))]);

    private static async Task<List<MemberUsage>> UsageAsync(AuditUnderTest audit, ReportUsageRequest request)
    {
        request.FirstPeriod = request.FirstPeriod == 0 ? November : request.FirstPeriod;
        request.LastPeriod = November;
        var usages = new List<MemberUsage>();
        do
        {
            var page = (await audit.Reports.UsageAsync(request, Cancelled)).Value!;
            usages.AddRange(page.Usages);
            request.PageToken = page.NextPageToken;
        } while (request.PageToken.Length > 0);

        return usages;
    }

    private static Task<AuditAnswer<ReportUsageResponse>> AskAsync(AuditUnderTest audit, uint first, uint last) =>
        audit.Reports.UsageAsync(new() { FirstPeriod = first, LastPeriod = last }, Cancelled);

    private static async Task RefusesAsync(
        AuditUnderTest audit,
        uint first,
        uint last,
        Contracts.Errors.Refusal refusal
    ) => Assert.Equal(refusal, (await AskAsync(audit, first, last)).Refusal);
}
