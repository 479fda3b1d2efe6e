using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Tests.Search;

/// <summary>Page tokens are good for the listing that they were made for, and for nothing else.</summary>
public sealed class PageTokenTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_with_any_character_changed_is_refused()
    {
        using var audit = await WithEntriesAsync(10);
        var token = (await audit.FindAsync(pageSize: 3)).NextPageToken;

        for (var i = 0; i < token.Length; i++)
        {
            var changed = token[..i] + (token[i] == 'A' ? 'B' : 'A') + token[(i + 1)..];
            await RefusesAsync(audit, new() { PageSize = 3, PageToken = changed });
        }
    }

    [Theory]
    [InlineData("AAAA")]
    [InlineData("not a token")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task What_the_exchange_never_made_is_refused(string token)
    {
        using var audit = await WithEntriesAsync(10);
        var answer = await audit.Search.SearchAsync(new() { PageToken = token }, Cancelled);

        Assert.Contains(
            answer.Refusal!.Value.Reason,
            new[] { ErrorReason.PageTokenInvalid, ErrorReason.FieldMalformed }
        );
        Assert.Equal("page_token", answer.Refusal!.Value.Field);
    }

    [Fact]
    public async Task A_token_of_another_filter_or_order_is_refused_and_of_another_page_size_is_taken()
    {
        using var audit = await WithEntriesAsync(10);
        var token = (await audit.FindAsync(new() { MemberId = "gold-dating" }, pageSize: 3)).NextPageToken;

        await RefusesAsync(audit, new() { PageToken = token });
        await RefusesAsync(
            audit,
            new()
            {
                PageToken = token,
                Filter = new() { MemberId = "other-member" },
            }
        );
        await RefusesAsync(
            audit,
            new()
            {
                PageToken = token,
                Filter = new() { MemberId = "gold-dating" },
                Order = EntryOrder.OldestFirst,
            }
        );
        var rest = await audit.FindAsync(new() { MemberId = "gold-dating" }, pageSize: 100, pageToken: token);
        Assert.Equal([6, 5, 4, 3, 2, 1, 0], rest.Entries.Select(it => (int)it.Index));
    }

    [Fact]
    public async Task A_token_of_another_listing_is_refused()
    {
        using var audit = await WithEntriesAsync(10);
        var token = (await audit.FindAsync(pageSize: 3)).NextPageToken;
        var answer = await audit.Reviews.ListAsync(new() { PageToken = token }, Cancelled);

        Assert.Equal(ErrorReason.PageTokenInvalid, answer.Refusal?.Reason);
    }

    [Fact]
    public async Task Entries_that_arrive_between_pages_double_nothing_and_shift_nothing()
    {
        using var audit = await WithEntriesAsync(10);
        var newest = await audit.FindAsync(pageSize: 4);
        var oldest = await audit.FindAsync(order: EntryOrder.OldestFirst, pageSize: 8);
        Add(audit, 5);
        await audit.CatchUpAsync();

        var newer = await audit.FindAsync(pageSize: 4, pageToken: newest.NextPageToken);
        var older = await audit.FindAsync(order: EntryOrder.OldestFirst, pageSize: 8, pageToken: oldest.NextPageToken);

        Assert.Equal([5, 4, 3, 2], newer.Entries.Select(it => (int)it.Index));
        Assert.Equal([8, 9, 10, 11, 12, 13, 14], older.Entries.Select(it => (int)it.Index));
        Assert.Empty(older.NextPageToken);
    }

    [Fact]
    public async Task A_page_that_ends_with_the_last_match_has_no_token()
    {
        using var audit = await WithEntriesAsync(10);

        Assert.Empty((await audit.FindAsync(pageSize: 10)).NextPageToken);
        Assert.NotEmpty((await audit.FindAsync(pageSize: 9)).NextPageToken);
    }

    [Fact]
    public async Task A_page_has_fifty_entries_unless_told_and_five_hundred_at_most()
    {
        using var audit = await WithEntriesAsync(60);

        Assert.Equal(50, (await audit.FindAsync(pageSize: 0)).Entries.Count);
        var answer = await audit.Search.SearchAsync(new() { PageSize = 501 }, Cancelled);
        Assert.Equal(new(ErrorReason.OutOfRange, "page_size", 500, 501), answer.Refusal);
    }

    private static async Task<AuditUnderTest> WithEntriesAsync(int count)
    {
        var audit = new AuditUnderTest();
        Add(audit, count);
        return await audit.CatchUpAsync();
    }

    private static void Add(AuditUnderTest audit, int count)
    {
        for (var i = 0; i < count; i++)
        {
            audit.Log.Add(TestDetails.Noon.AddSeconds(audit.Log.Size), TestDetails.Check());
        }
    }

    private static async Task RefusesAsync(AuditUnderTest audit, SearchEntriesRequest request)
    {
        var answer = await audit.Search.SearchAsync(request, Cancelled);
        Assert.Equal(new(ErrorReason.PageTokenInvalid, "page_token"), answer.Refusal);
    }
}
