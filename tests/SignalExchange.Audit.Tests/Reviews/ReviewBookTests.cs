using SignalExchange.AccessLog.Reading;
using SignalExchange.Audit.Reviews;
using SignalExchange.Contracts.Forms;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Tests.Reviews;

/// <summary>A review is an entry of the log; the book and the marks on entries follow it.</summary>
public sealed class ReviewBookTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_review_marks_its_entries_and_stands_in_the_book()
    {
        using var audit = await WithEntriesAsync(10);
        var index = await ReviewAsync(audit, ReviewDisposition.ClarificationAsked, 2, 7, 3);

        var reviewed = await audit.FindAsync(new() { Review = ReviewState.Reviewed }, EntryOrder.OldestFirst);
        Assert.Equal([2UL, 3UL, 7UL], reviewed.Entries.Select(it => it.Index));
        Assert.All(reviewed.Entries, it => Assert.Equal(ReviewDisposition.ClarificationAsked, it.Disposition));
        var review = Assert.Single((await audit.Reviews.ListAsync(new(), Cancelled)).Value!.Reviews);
        Assert.Equal((ulong)index, review.Index);
        Assert.Equal([2UL, 3UL, 7UL], review.Indexes);
        Assert.Equal(TestDetails.Key("consortium"), review.KeyThumbprint);
    }

    [Fact]
    public async Task The_newest_judgement_counts()
    {
        using var audit = await WithEntriesAsync(3);
        await ReviewAsync(audit, ReviewDisposition.Justified, 0, 1);
        await ReviewAsync(audit, ReviewDisposition.Violation, 1);

        var entries = (await audit.FindAsync(new() { Review = ReviewState.Reviewed }, EntryOrder.OldestFirst)).Entries;
        Assert.Equal([ReviewDisposition.Justified, ReviewDisposition.Violation], entries.Select(it => it.Disposition));
    }

    [Fact]
    public async Task When_a_review_is_shredded_the_judgement_before_it_stands_again()
    {
        using var audit = await WithEntriesAsync(3);
        await ReviewAsync(audit, ReviewDisposition.Justified, 1);
        await ReviewAsync(audit, ReviewDisposition.Violation, TestDetails.Noon.AddMonths(-1), 0, 1);
        var period = AccessLog.Entries.LogPeriod.Of(TestDetails.Noon.AddMonths(-1));
        audit.Log.Shred(period, LogRetention.Administration);
        await audit.Follower.ForgetAsync(period, LogRetention.Administration, Cancelled);

        var entry = Assert.Single((await audit.FindAsync(new() { Review = ReviewState.Reviewed })).Entries);
        Assert.Equal((1UL, ReviewDisposition.Justified), (entry.Index, entry.Disposition));
        Assert.Single((await audit.Reviews.ListAsync(new(), Cancelled)).Value!.Reviews);
    }

    [Fact]
    public async Task Five_hundred_places_far_out_fit_into_one_entry()
    {
        using var audit = await WithEntriesAsync(0);
        var places = Enumerable.Range(0, 500).Select(it => 100_000_000_000_000UL + 2 * (ulong)it).ToList();
        var changes = ReviewChanges.Write(places, ReviewDisposition.Justified);

        Assert.InRange(changes.Count, 2, 64);
        Assert.All(changes, it => Assert.Null(MessageForms.Check(it)));
        var read = ReviewChanges.ReadReview(new() { Changes = { changes } });
        Assert.Equal(places, read!.Value.Indexes);
    }

    [Fact]
    public async Task Entries_that_can_not_be_judged_are_refused_precisely()
    {
        using var audit = await WithEntriesAsync(5);
        audit.Log.Add(TestDetails.Noon, null, state: DetailState.Shredded);
        await audit.CatchUpAsync();
        audit.Log.Add(TestDetails.Noon, TestDetails.Check());

        await RefusesAsync(audit, new(ErrorReason.FieldMissing, "indexes"));
        await RefusesAsync(audit, new(ErrorReason.DuplicateInBatch, "indexes"), 1, 2, 1);
        await RefusesAsync(audit, new(ErrorReason.EntryNotFound, "indexes", 7, 7), 1, 7);
        await RefusesAsync(audit, new(ErrorReason.SearchBehind, "indexes", 6, 6), 6);
        await RefusesAsync(audit, new(ErrorReason.EntryShredded, "indexes", null, 5), 5);
    }

    [Theory]
    [InlineData("5", "5")]
    [InlineData("5-7,9", "5,6,7,9")]
    [InlineData("7-5", null)]
    [InlineData("0-18446744073709551615", null)]
    [InlineData("0-500", null)]
    [InlineData("", null)]
    [InlineData("1,,2", null)]
    [InlineData("-1", null)]
    [InlineData("1-2-3", null)]
    public void Ranges_are_read_as_they_are_written_and_nothing_else_is(string text, string? places)
    {
        var indexes = new List<ulong>();
        var isRead = IndexRanges.TryRead(text, 500, indexes);

        Assert.Equal(places is not null, isRead);
        Assert.Equal(places ?? "", isRead ? string.Join(',', indexes) : "");
    }

    private static async Task<AuditUnderTest> WithEntriesAsync(int count)
    {
        var audit = new AuditUnderTest();
        for (var i = 0; i < count; i++)
        {
            audit.Log.Add(TestDetails.Noon, TestDetails.Check());
        }

        return await audit.CatchUpAsync();
    }

    private static Task<long> ReviewAsync(AuditUnderTest audit, ReviewDisposition disposition, params ulong[] places) =>
        ReviewAsync(audit, disposition, TestDetails.Noon, places);

    private static async Task<long> ReviewAsync(
        AuditUnderTest audit,
        ReviewDisposition disposition,
        DateTimeOffset time,
        params ulong[] places
    )
    {
        var request = new ReviewEntriesRequest { Indexes = { places }, Disposition = disposition };
        var act = await audit.Reviews.PrepareAsync(request, Cancelled);
        Assert.Null(act.Refusal);
        var detail = TestDetails.Act(AuditMethods.ReviewEntries, act.Value!);
        var index = audit.Log.Add(time, detail, LogRetention.Administration);
        await audit.CatchUpAsync();
        return index;
    }

    private static async Task RefusesAsync(
        AuditUnderTest audit,
        Contracts.Errors.Refusal refusal,
        params ulong[] places
    )
    {
        var request = new ReviewEntriesRequest { Indexes = { places }, Disposition = ReviewDisposition.Justified };
        Assert.Equal(refusal, (await audit.Reviews.PrepareAsync(request, Cancelled)).Refusal);
    }
}
