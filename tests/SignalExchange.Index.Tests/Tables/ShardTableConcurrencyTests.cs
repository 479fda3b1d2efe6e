using SignalExchange.Index.Tables;

namespace SignalExchange.Index.Tests.Tables;

/// <summary>Readers against a writer that moves everything they look for, all the time.</summary>
public sealed class ShardTableConcurrencyTests
{
    private const int Readers = 3;

    // Every other fingerprint stays, the others come and go between them: nearly each change moves some that stay. They are
    // at home all over the table, or crowd at its start, where a change moves hundreds, or fill a few lines only, or so
    // many that their memory is handed on from one table to the other.
    [Theory]
    [InlineData(2_000, ulong.MaxValue / 2_000, 1_000_000)]
    [InlineData(2_000, ulong.MaxValue / 2_000 / 64, 300_000)]
    [InlineData(16, 1, 3_000_000)]
    [InlineData(20_000, ulong.MaxValue / 20_000, 2_000_000)]
    public async Task Entry_that_stays_is_found_with_its_summary_while_others_come_go_and_grow(
        int entries,
        ulong distance,
        int changes
    )
    {
        var pool = new RegionPool();
        var tables = new[] { 1u, 1_000_000u }.Select(first => new WavingTable(entries, distance, first, pool)).ToList();
        using var stop = new CancellationTokenSource();
        using var started = new CountdownEvent(Readers);
        var readers = Enumerable
            .Range(0, Readers)
            .Select(i => OnItsOwnThread(() => Read(tables[i % tables.Count], started, stop.Token)))
            .ToList();

        Assert.True(
            started.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken),
            "Readers did not start."
        );
        await Task.WhenAll(tables.Select(table => OnItsOwnThread(() => table.Write(changes / tables.Count))));
        await stop.CancelAsync();

        await Task.WhenAll(readers);
    }

    private static void Read(WavingTable table, CountdownEvent started, CancellationToken end)
    {
        started.Signal();
        for (var round = 0; !end.IsCancellationRequested; round++)
        {
            table.AssertHolds(round);
        }
    }

    private static Task OnItsOwnThread(Action action) =>
        Task.Factory.StartNew(
            action,
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
}
