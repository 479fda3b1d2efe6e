using System.Security.Cryptography;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Storage;

namespace SignalExchange.AccessLog.Tests.Writing;

public sealed class LogWriterTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Entry_is_stored_when_its_receipt_comes()
    {
        await using var log = await WriterUnderTest.StartAsync();

        var receipt = await log.AppendAsync(5);

        Assert.Equal(("exchange.example/log/silo-1", 0), (receipt.Origin, receipt.Index));
        var stored = Assert.Single(await log.ReadAsync());
        Assert.Equal(5u, stored.Asked);
        Assert.Equal(receipt.Salt, stored.Salt);
        Assert.Equal(1, log.State.Head);
    }

    [Fact]
    public async Task Draft_is_stored_with_its_digests_and_pseudonyms()
    {
        await using var log = await WriterUnderTest.StartAsync();
        var draft = log.Writer.Begin(LogRetention.Administration);
        draft.SetAsked(RandomNumberGenerator.GetBytes(32));
        draft.SetPseudonyms([new Token(RandomNumberGenerator.GetBytes(32))]);

        var receipt = await log.Writer.AppendAsync(draft, Cancellation);

        Assert.Equal(draft.Detail, Assert.Single(await log.ReadAsync()));
        Assert.Equal(draft.Detail.Salt, receipt.Salt);
    }

    [Fact]
    public async Task Entries_that_come_while_one_is_written_share_the_next_write()
    {
        await using var log = await WriterUnderTest.StartAsync();
        var (held, release) = await log.HoldAsync();
        var others = Enumerable.Range(1, 300).Select(number => log.AppendAsync(number)).ToArray();
        release.SetResult();

        var receipts = await Task.WhenAll([held, .. others]);

        Assert.Equal([1, 300], log.Store.Groups);
        Assert.Equal(Enumerable.Range(0, 301).Select(index => (long)index), receipts.Select(receipt => receipt.Index));
        Assert.Equal(
            Enumerable.Range(0, 301).Select(number => (uint)number),
            (await log.ReadAsync()).Select(it => it.Asked)
        );
    }

    [Fact]
    public async Task Group_has_at_most_a_thousand_entries()
    {
        await using var log = await WriterUnderTest.StartAsync();
        var (held, release) = await log.HoldAsync();
        var others = Enumerable.Range(0, 2500).Select(number => log.AppendAsync(number)).ToArray();
        release.SetResult();

        await Task.WhenAll([held, .. others]);

        Assert.Equal([1, 1000, 1000, 500], log.Store.Groups);
    }

    [Fact]
    public async Task Entry_4097_in_the_line_is_turned_away_and_the_others_are_written()
    {
        await using var log = await WriterUnderTest.StartAsync();
        var (held, release) = await log.HoldAsync();
        var waiting = Enumerable.Range(0, 4096).Select(number => log.AppendAsync(number)).ToArray();

        var exception = await Assert.ThrowsAsync<AccessLogBusyException>(() => log.AppendAsync());
        Assert.Contains("4096", exception.Message, StringComparison.Ordinal);
        release.SetResult();

        await Task.WhenAll([held, .. waiting]);
        await log.AppendAsync();
        Assert.Equal(4098, log.State.Head);
    }

    [Fact]
    public async Task Callers_give_up_after_two_seconds_those_in_the_write_too()
    {
        await using var log = await WriterUnderTest.StartAsync();
        var (held, release) = await log.HoldAsync();
        var waiting = log.AppendAsync(1);
        log.Time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(held.IsCompleted || waiting.IsCompleted);

        await AdvanceUntilDoneAsync(log, held);
        await AdvanceUntilDoneAsync(log, waiting);

        await Assert.ThrowsAsync<AccessLogUnavailableException>(() => held);
        await Assert.ThrowsAsync<AccessLogUnavailableException>(() => waiting);
        await Wait.UntilAsync(() => !log.State.Current.IsWritable, () => "It is told as writable.");

        release.SetResult();
        Assert.Equal(1, (await log.AppendAsync(2)).Index);
        Assert.Equal([0u, 2u], (await log.ReadAsync()).Select(it => it.Asked));
        Assert.True(log.State.Current.IsWritable);
    }

    [Fact]
    public async Task Cancelled_caller_is_told_at_once_and_its_entry_is_not_written()
    {
        await using var log = await WriterUnderTest.StartAsync();
        var (held, release) = await log.HoldAsync();
        using var cancellation = new CancellationTokenSource();
        var cancelled = log.AppendUntilAsync(1, cancellation.Token);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        release.SetResult();
        await held;

        Assert.Equal(1, (await log.AppendAsync(2)).Index);
    }

    [Fact]
    public async Task Failed_write_fails_its_callers_and_the_next_one_works()
    {
        await using var log = await WriterUnderTest.StartAsync();
        log.Store.BeforeAppend = () => throw new StorageUnavailableException("The storage is full.");

        var exception = await Assert.ThrowsAsync<AccessLogUnavailableException>(() => log.AppendAsync());

        Assert.DoesNotContain(Details.Member, exception.ToString(), StringComparison.Ordinal);
        Assert.Equal((false, 0), (log.State.Current.IsWritable, log.State.Head));
        Assert.NotNull(log.State.Current.Reason);

        log.Store.BeforeAppend = () => Task.CompletedTask;
        Assert.Equal(0, (await log.AppendAsync()).Index);
        Assert.Equal((true, null), (log.State.Current.IsWritable, log.State.Current.Reason));
    }

    [Fact]
    public async Task Write_of_unknown_outcome_that_happened_is_acknowledged_after_a_look()
    {
        await using var log = await WriterUnderTest.StartAsync();
        log.Store.AfterAppend = () => throw new CommitUnknownException();

        Assert.Equal(0, (await log.AppendAsync(1)).Index);

        log.Store.AfterAppend = () => Task.CompletedTask;
        Assert.Equal(1, (await log.AppendAsync(2)).Index);
        Assert.Equal([1u, 2u], (await log.ReadAsync()).Select(it => it.Asked));
    }

    [Fact]
    public async Task Write_of_unknown_outcome_that_did_not_happen_fails()
    {
        await using var log = await WriterUnderTest.StartAsync();
        log.Store.BeforeAppend = () => throw new CommitUnknownException();
        await Assert.ThrowsAsync<AccessLogUnavailableException>(() => log.AppendAsync(1));

        log.Store.BeforeAppend = () => Task.CompletedTask;
        Assert.Equal(0, (await log.AppendAsync(2)).Index);
        Assert.Equal([2u], (await log.ReadAsync()).Select(it => it.Asked));
    }

    [Fact]
    public async Task Write_of_unknown_outcome_that_lands_late_stops_nobody()
    {
        await using var log = await WriterUnderTest.StartAsync();
        log.Store.IsLate = true;
        Assert.Equal(0, (await log.AppendAsync(1)).Index);

        log.Store.IsLate = false;
        Assert.Equal(1, (await log.AppendAsync(2)).Index);

        Assert.Equal([1u, 2u], (await log.ReadAsync()).Select(it => it.Asked));
        Assert.True(log.State.Current.IsWritable);
    }

    [Fact]
    public async Task Nothing_is_written_before_it_is_known_what_became_of_the_last_write()
    {
        await using var log = await WriterUnderTest.StartAsync();
        log.Store.AfterAppend = () => throw new CommitUnknownException();
        log.Store.BeforeSettle = () => throw new StorageUnavailableException();
        await Assert.ThrowsAsync<AccessLogUnavailableException>(() => log.AppendAsync(1));
        log.Store.AfterAppend = () => Task.CompletedTask;
        await Assert.ThrowsAsync<AccessLogUnavailableException>(() => log.AppendAsync(2));
        Assert.Equal([1], log.Store.Groups);

        log.Store.BeforeSettle = () => Task.CompletedTask;
        Assert.Equal(1, (await log.AppendAsync(3)).Index);
        Assert.Equal([1u, 3u], (await log.ReadAsync()).Select(it => it.Asked));
    }

    [Fact]
    public async Task Writer_whose_log_was_taken_stops_for_good()
    {
        await using var log = await WriterUnderTest.StartAsync();
        await log.AppendAsync();
        await log.Memory.AcquireAsync("silo-1", Cancellation);

        await Assert.ThrowsAsync<AccessLogUnavailableException>(() => log.AppendAsync());
        await Assert.ThrowsAsync<AccessLogUnavailableException>(() => log.AppendAsync());

        Assert.Equal((false, 1), (log.State.Current.IsWritable, log.State.Head));
        Assert.Single(await log.ReadAsync());
    }

    [Fact]
    public async Task Clock_that_jumps_back_does_not_turn_the_log_back()
    {
        await using var log = await WriterUnderTest.StartAsync();
        await log.AppendAsync();
        log.Time.AdjustTime(log.Time.GetUtcNow().AddDays(-40));
        await log.AppendAsync();
        log.Time.AdjustTime(log.Time.GetUtcNow().AddDays(41));
        await log.AppendAsync();

        var times = await log.ReadTimesAsync();
        Assert.Equal(times[0], times[1]);
        Assert.True(times[2] > times[1]);
        Assert.Equal(3, (await log.ReadAsync()).Count(it => it is not null));
    }

    [Fact]
    public async Task Stopped_writer_has_written_who_waited_and_takes_nobody_else()
    {
        await using var log = await WriterUnderTest.StartAsync();
        var (held, release) = await log.HoldAsync();
        var waiting = log.AppendAsync(1);
        var stopped = log.Writer.StopAsync();
        await Assert.ThrowsAsync<AccessLogUnavailableException>(() => log.AppendAsync(2));
        release.SetResult();

        await stopped;

        Assert.Equal((0, 1), ((await held).Index, (await waiting).Index));
    }

    [Fact]
    public async Task Detail_that_is_too_large_is_the_callers_fault_and_no_ones_trouble()
    {
        await using var log = await WriterUnderTest.StartAsync();
        var detail = Details.Of(1);
        detail.Pseudonyms = Google.Protobuf.ByteString.CopyFrom(new byte[1024 * 1024]);

        await Assert.ThrowsAsync<ArgumentException>(async () =>
            await log.Writer.AppendAsync(detail, LogRetention.Traffic, Cancellation)
        );
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () =>
            await log.Writer.AppendAsync(Details.Of(1), LogRetention.Unspecified, Cancellation)
        );

        Assert.Equal(0, (await log.AppendAsync()).Index);
    }

    // The watch sets its timers one after the other, so time goes on in steps until it has seen enough.
    private static async Task AdvanceUntilDoneAsync(WriterUnderTest log, Task task)
    {
        for (var i = 0; i < 200 && !task.IsCompleted; i++)
        {
            log.Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.WhenAny(task, Task.Delay(TimeSpan.FromMilliseconds(20), Cancellation));
        }

        Assert.True(task.IsCompleted, "Nobody gave up.");
    }
}
