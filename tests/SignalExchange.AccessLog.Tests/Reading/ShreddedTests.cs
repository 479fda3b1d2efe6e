using Microsoft.Extensions.Time.Testing;
using SignalExchange.AccessLog.Entries;
using SignalExchange.AccessLog.Keys;
using SignalExchange.AccessLog.Reading;
using SignalExchange.Contracts.V1;
using SignalExchange.TestKit;

namespace SignalExchange.AccessLog.Tests.Reading;

public sealed class ShreddedTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Shredded_details_are_gone_and_their_entries_and_proofs_stay()
    {
        var time = new FakeTimeProvider(new(2026, 10, 15, 0, 0, 0, TimeSpan.Zero));
        await using (var log = await LogUnderTest.StartAsync(_folder.Path, new() { Time = time }))
        {
            await log.AppendAsync(300);
            await log.Writer.AppendAsync(Details.Of(300), LogRetention.Administration, Cancellation);
        }

        time.AdjustTime(new(2027, 10, 15, 0, 0, 0, TimeSpan.Zero));
        await using var later = await LogUnderTest.StartAsync(_folder.Path, new() { Time = time });
        await later.AppendAsync(1, firstNumber: 301);
        Assert.All(await later.ReadAllAsync(), entry => Assert.Equal(DetailState.Open, entry.State));

        // A year after the last entry, and nobody knows whether it was the clock or the exchange that stood still.
        Assert.Equal(ShredOutcome.ClockInDoubt, await ShredWhenDueAsync(later, time));
        Assert.All(await later.ReadAllAsync(), entry => Assert.Equal(DetailState.Open, entry.State));
        var key = later.Host.VerifierKey;
        await later.DisposeAsync();
        var published = IndependentVerifier.Verify(_folder.In(LogUnderTest.Name), key);

        await using var restarted = await LogUnderTest.StartAsync(_folder.Path, new() { Time = time });
        Assert.Equal(ShredOutcome.Shredded, await ShredWhenDueAsync(restarted, time));
        var entries = await restarted.ReadAllAsync();
        Assert.Equal(302, entries.Count);
        Assert.All(entries.Take(300), entry => Assert.Equal((DetailState.Shredded, null), (entry.State, entry.Detail)));
        Assert.All(entries.Skip(300), entry => Assert.Equal(DetailState.Open, entry.State));

        // A checkpoint that is signed now speaks of the same entries, and proves the first of those without details.
        await restarted.AppendAsync(1, firstNumber: 302);
        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromMilliseconds(100)); // the publisher's interval
                return restarted.Standing.PublishedSize == 303;
            },
            "all entries to be published",
            TimeSpan.FromMilliseconds(10)
        );
        var verified = IndependentVerifier.Verify(_folder.In(LogUnderTest.Name), key);
        Assert.Equal((302, 303), (published.Count, verified.Count));
        Assert.Equal(published, verified.Take(302));
        var proof = await restarted.Host.ProveEntryAsync(0, Cancellation);
        var (size, root) = IndependentVerifier.ReadCheckpoint(proof!.Note.ToString(), key);
        Assert.Equal(303, size);
        Assert.Equal(verified[0], proof.Entry.ToArray());
        Assert.True(ProofChecks.IsIncluded(0, size, IndependentVerifier.Leaf(verified[0]), root, proof.Hashes));
    }

    [Fact]
    public async Task Lost_key_is_no_shredding()
    {
        await LogUnderTest.MakeAsync(_folder.Path, 1);
        foreach (var file in Directory.EnumerateFiles(_folder.In("keys", LogUnderTest.Name), "*-traffic.key"))
        {
            File.Delete(file);
        }

        await using var log = await LogUnderTest.StartAsync(_folder.Path);

        Assert.Equal(DetailState.Damaged, Assert.Single(await log.ReadAllAsync()).State);
    }

    [Fact]
    public async Task Nothing_in_the_folder_tells_who_asked()
    {
        await LogUnderTest.MakeAsync(_folder.Path, 300);

        foreach (var file in Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories))
        {
            var text = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, Cancellation));
            Assert.DoesNotContain(Details.Member, text, StringComparison.Ordinal);
            Assert.DoesNotContain("SignalService", text, StringComparison.Ordinal);
        }
    }

    private static Task<ShredOutcome> ShredWhenDueAsync(LogUnderTest log, FakeTimeProvider time)
    {
        var period = LogPeriod.Of(new(2026, 10, 1, 0, 0, 0, TimeSpan.Zero));
        log.Host.NoteDue(new(period, LogRetention.Traffic));
        time.Advance(TimeSpan.FromDays(1));
        return log.Host.ShredAsync(period, LogRetention.Traffic, Cancellation);
    }
}
