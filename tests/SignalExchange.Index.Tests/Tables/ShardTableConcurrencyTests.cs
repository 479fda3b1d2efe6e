using System.Security.Cryptography;
using SignalExchange.Index.Tables;

namespace SignalExchange.Index.Tests.Tables;

/// <summary>Readers against a writer that moves everything they look for, all the time.</summary>
public sealed class ShardTableConcurrencyTests
{
    private const int Readers = 3;

    // Every other fingerprint stays, the others come and go between them: nearly each change moves some that stay. They are
    // at home all over the table, or crowd at its start, where a change moves hundreds, or fill a few lines only.
    [Theory]
    [InlineData(2_000, ulong.MaxValue / 2_000, 1_000_000)]
    [InlineData(2_000, ulong.MaxValue / 2_000 / 64, 300_000)]
    [InlineData(16, 1, 3_000_000)]
    public async Task Entry_that_stays_is_found_with_its_summary_while_others_come_go_and_grow(
        int entries,
        ulong distance,
        int changes
    )
    {
        var table = TestTables.Create();
        for (var i = 0; i < entries; i += 2)
        {
            table.Set(FingerprintOf(i), SummaryOf(i));
        }

        using var stop = new CancellationTokenSource();
        using var started = new CountdownEvent(Readers);
        var readers = Enumerable.Range(0, Readers).Select(_ => OnItsOwnThread(() => Read(stop.Token))).ToList();

        Assert.True(
            started.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken),
            "Readers did not start."
        );
        await OnItsOwnThread(Write);
        await stop.CancelAsync();

        await Task.WhenAll(readers);

        Fingerprint FingerprintOf(int i) => new(distance * (ulong)i);

        void Write()
        {
            var (random, standing) = (new byte[sizeof(int) * 4096], new bool[entries]);
            for (var change = 0; change < changes; change++)
            {
                if (change % 4096 == 0)
                {
                    RandomNumberGenerator.Fill(random);
                }

                // Waves: the table grows and shrinks by half, again and again.
                var i =
                    ((BitConverter.ToInt32(random, change % 4096 * sizeof(int)) & int.MaxValue) % (entries / 2) * 2)
                    + 1;
                standing[i] = !standing[i] && (change / (2 * entries) % 2 == 0 || change % 8 == 0);
                table.Set(FingerprintOf(i), standing[i] ? SummaryOf(i) : 0);
            }
        }

        void Read(CancellationToken end)
        {
            started.Signal();
            for (var round = 0; !end.IsCancellationRequested; round++)
            {
                for (var i = 0; i < entries; i++)
                {
                    var summary = table.Current.Find(FingerprintOf(i));
                    if (summary != SummaryOf(i) && (i % 2 == 0 || summary != 0))
                    {
                        Assert.Fail($"Entry {i} was seen with {summary} in round {round}; it has {SummaryOf(i)}.");
                    }
                }
            }
        }
    }

    private static uint SummaryOf(int i) => (uint)i + 1;

    private static Task OnItsOwnThread(Action action) =>
        Task.Factory.StartNew(
            action,
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
}
