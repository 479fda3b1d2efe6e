using CsCheck;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Tests.Search;

/// <summary>Every filter, alone and with others, against plain LINQ over the same entries.</summary>
public sealed class SearchModelTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Any_filter_finds_what_plain_linq_finds_in_either_order_and_page_by_page() =>
        await Gen.Select(
                RandomEntries.GenEntries,
                RandomEntries.GenFilter.Array[20],
                Gen.UInt[1, 7],
                Gen.Int[0, 200].HashSet[0, 10]
            )
            .SampleAsync(
                async (entries, filters, pageSize, toReview) =>
                {
                    using var audit = new AuditUnderTest(RandomEntries.LogOf(entries));
                    await audit.CatchUpAsync();
                    var reviewed = await ReviewAsync(audit, toReview);
                    foreach (var filter in filters)
                    {
                        var expected = FilterModel.Find(audit.Log, filter, reviewed).ToList();
                        await CompareAsync(audit, filter, pageSize, expected);
                    }
                },
                iter: 40,
                threads: 1
            );

    [Fact]
    public async Task Entries_in_many_chunks_and_buckets_are_found_by_common_and_by_rare_values()
    {
        using var audit = new AuditUnderTest();
        const int Entries = 300_000; // Two buckets, nineteen chunks.
        for (var i = 0; i < Entries; i++)
        {
            var member = i % 7 == 0 ? "rare-member" : "gold-dating";
            audit.Log.Add(
                TestDetails.Noon.AddMilliseconds(i),
                TestDetails.Check(
                    member,
                    change: it =>
                    {
                        it.Purpose = i % 5 == 0 ? CheckPurpose.Payment : CheckPurpose.Registration;
                        it.RequestId = TestDetails.Bytes($"{i / 100_000}", 16);
                        it.Reason = i is 17 or 299_999 ? ErrorReason.TooMany : ErrorReason.Unspecified;
                    }
                )
            );
        }

        await audit.CatchUpAsync();
        await CompareAsync(
            audit,
            new() { MemberId = "rare-member", Purpose = CheckPurpose.Payment },
            500,
            [.. Enumerable.Range(0, Entries).Where(it => it % 35 == 0).Select(it => (long)it)]
        );
        await CompareAsync(audit, new() { Reason = ErrorReason.TooMany }, 1, [17, 299_999]);
        await CompareAsync(
            audit,
            new() { RequestId = TestDetails.Bytes("2", 16), MemberId = "rare-member" },
            500,
            [.. Enumerable.Range(200_000, 100_000).Where(it => it % 7 == 0).Select(it => (long)it)]
        );
    }

    private static async Task CompareAsync(AuditUnderTest audit, EntryFilter filter, uint pageSize, List<long> expected)
    {
        var ascending = await audit.FindAllAsync(filter, EntryOrder.OldestFirst, pageSize);
        var descending = await audit.FindAllAsync(filter, EntryOrder.NewestFirst, pageSize);

        Assert.True(expected.SequenceEqual(ascending.Select(it => (long)it.Index)), $"oldest first: {filter}");
        Assert.True(
            expected.AsEnumerable().Reverse().SequenceEqual(descending.Select(it => (long)it.Index)),
            $"newest first: {filter}"
        );
        Assert.Equal(expected.Count, await audit.Search.CountAsync(filter, long.MaxValue, Cancelled));
    }

    private static async Task<HashSet<long>> ReviewAsync(AuditUnderTest audit, IEnumerable<int> toReview)
    {
        var reviewed = toReview.Where(it => it < audit.Log.Size).Select(it => (long)it).ToHashSet();
        if (reviewed.Count > 0)
        {
            var request = new ReviewEntriesRequest
            {
                Indexes = { reviewed.Select(it => (ulong)it) },
                Disposition = ReviewDisposition.Justified,
            };
            var act = (await audit.Reviews.PrepareAsync(request, Cancelled)).Value!;
            audit.Log.Add(
                TestDetails.Noon.AddSeconds(1),
                TestDetails.Act(AuditMethods.ReviewEntries, act),
                LogRetention.Administration
            );
            await audit.CatchUpAsync();
        }

        return reviewed;
    }
}
