using CsCheck;
using SignalExchange.Storage;
using SignalExchange.Storage.AccessLog;

namespace SignalExchange.TestKit.Storage;

public abstract partial class AccessLogStoreConformance
{
    [Fact]
    public async Task Log_that_nobody_took_is_empty()
    {
        Assert.Equal(default, await ExtentAsync());
        Assert.Empty(await Store.ReadAsync(Log, 0, 10, Cancellation));
    }

    [Fact]
    public async Task Records_come_back_in_order_from_any_index()
    {
        var lease = await AcquireAsync();
        await AppendAsync(lease, 0, 1);
        await AppendAsync(lease, 1, 300);
        await AppendAsync(lease, 301, 1000);

        foreach (var first in new[] { 0, 1, 2, 255, 256, 257, 300, 301, 1300, 1301 })
        {
            await AssertHoldsAsync(first, 1301);
        }

        Assert.Single(await Store.ReadAsync(Log, 700, 1, Cancellation));
    }

    [Fact]
    public async Task Records_of_the_largest_size_are_kept_as_they_are()
    {
        var lease = await AcquireAsync();
        var record = new AccessLogRecord(
            new byte[AccessLogRecord.MaxEntryBytes],
            new byte[AccessLogRecord.MaxSealedDetailBytes]
        );
        await Store.AppendAsync(lease, 0, [.. Enumerable.Repeat(record, 8)], Cancellation);

        long read = 0;
        while (await Store.ReadAsync(Log, read, 8, Cancellation) is { Count: > 0 } page)
        {
            Assert.All(page, it => Assert.Equal(record.Entry.Length, it.Entry.Length));
            Assert.All(page, it => Assert.Equal(record.SealedDetail.Length, it.SealedDetail.Length));
            read += page.Count;
        }

        Assert.Equal(8, read);
    }

    [Fact]
    public async Task Larger_records_and_none_at_all_are_refused()
    {
        var lease = await AcquireAsync();
        var entry = new AccessLogRecord(new byte[AccessLogRecord.MaxEntryBytes + 1], default);
        var detail = new AccessLogRecord(default, new byte[AccessLogRecord.MaxSealedDetailBytes + 1]);

        foreach (var records in new AccessLogRecord[][] { [], [entry], [detail] })
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(async () =>
                await Store.AppendAsync(lease, 0, records, Cancellation)
            );
        }

        Assert.Equal(0, (await ExtentAsync()).Size);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(6)]
    public async Task Append_at_another_size_than_the_logs_writes_nothing(long first)
    {
        var lease = await AcquireAsync();
        await AppendAsync(lease, 0, 5);

        await Assert.ThrowsAsync<StaleStateException>(async () => await AppendAsync(lease, first, 3));

        await AssertHoldsAsync(0, 5);
    }

    [Fact]
    public async Task Logs_do_not_mix()
    {
        var (one, two) = (await AcquireAsync(), await AcquireAsync("silo-2"));
        await AppendAsync(one, 0, 3);
        await AppendAsync(two, 0, 5);

        await AssertHoldsAsync(0, 3);
        await AssertHoldsAsync(0, 5, "silo-2");
    }

    [Fact]
    public async Task Everything_survives_a_reopening()
    {
        var lease = await AcquireAsync();
        await AppendAsync(lease, 0, 600);
        await Store.MarkPublishedAsync(lease, 599, Cancellation);

        await ReopenAsync();

        Assert.Equal(new(0, 600, 599), await ExtentAsync());
        var next = await AcquireAsync();
        Assert.True(next.Epoch > lease.Epoch);
        await AppendAsync(next, 600, 1);
        await AssertHoldsAsync(0, 601);
    }

    [Fact]
    public async Task Trimming_lets_published_records_go_and_keeps_the_others()
    {
        var lease = await AcquireAsync();
        for (var size = 0; size < 10_000; size += 1000)
        {
            await AppendAsync(lease, size, 1000);
        }

        await Store.MarkPublishedAsync(lease, 9000, Cancellation);
        await Store.TrimAsync(lease, 8960, Cancellation);

        var extent = await ExtentAsync();
        Assert.InRange(extent.First, 7960, 8960);
        Assert.Equal(new(extent.First, 10_000, 9000), extent);
        await AssertHoldsAsync(extent.First, 10_000);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () =>
            await Store.ReadAsync(Log, extent.First - 1, 1, Cancellation)
        );
    }

    [Fact]
    public async Task What_is_not_published_is_not_trimmed()
    {
        var lease = await AcquireAsync();
        await AppendAsync(lease, 0, 300);
        await Store.MarkPublishedAsync(lease, 255, Cancellation);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () =>
            await Store.TrimAsync(lease, 256, Cancellation)
        );

        await AssertHoldsAsync(0, 300);
    }

    [Theory]
    [InlineData(299)]
    [InlineData(501)]
    public async Task Published_size_neither_shrinks_nor_passes_the_logs(long size)
    {
        var lease = await AcquireAsync();
        await AppendAsync(lease, 0, 500);
        await Store.MarkPublishedAsync(lease, 300, Cancellation);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () =>
            await Store.MarkPublishedAsync(lease, size, Cancellation)
        );

        Assert.Equal(300, (await ExtentAsync()).Published);
    }

    [Fact]
    public Task Tail_holds_what_a_list_would() =>
        Gen.Select(Gen.Int[1, 700], Gen.Bool, Gen.Bool)
            .Array[1, 12]
            .SampleAsync(
                async steps =>
                {
                    await using var storage = await CreateAsync(Cancellation);
                    var (lease, size, first) = (await storage.Logs.AcquireAsync(Log, Cancellation), 0L, 0L);
                    foreach (var (count, trims, reopens) in steps)
                    {
                        var records = AccessLogRecords.From(size, count);
                        await storage.Logs.AppendAsync(lease, size, records, Cancellation);
                        size += count;
                        if (trims)
                        {
                            await storage.Logs.MarkPublishedAsync(lease, size, Cancellation);
                            await storage.Logs.TrimAsync(lease, size, Cancellation);
                        }

                        if (reopens)
                        {
                            await storage.ReopenAsync(Cancellation);
                            lease = await storage.Logs.AcquireAsync(Log, Cancellation);
                        }

                        var extent = await storage.Logs.ReadExtentAsync(Log, Cancellation);
                        Assert.Equal(size, extent.Size);
                        Assert.InRange(extent.First, first, size);
                        first = extent.First;
                    }

                    for (var next = first; next < size; )
                    {
                        foreach (var record in await storage.Logs.ReadAsync(Log, next, 300, Cancellation))
                        {
                            Assert.Equal(AccessLogRecords.Of(next++).Entry.ToArray(), record.Entry.ToArray());
                        }
                    }
                },
                iter: 20,
                threads: 1
            );
}
