using SignalExchange.AccessLog.Reading;
using SignalExchange.Storage;

namespace SignalExchange.AccessLog.Tests.Publishing;

public sealed class PublisherTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Tree => _folder.In(LogUnderTest.Name);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(700)]
    public async Task Published_log_is_what_any_verifier_expects(int count)
    {
        await using var log = await LogUnderTest.StartAsync(_folder.Path);
        await log.AppendAsync(count);
        await log.WaitPublishedAsync(count);

        var entries = IndependentVerifier.Verify(Tree, log.Host.VerifierKey);

        Assert.Equal(count, entries.Count);
        Assert.Equal(
            (await log.ReadAllAsync()).Select(entry => entry.Entry.DetailDigest),
            entries.Select(entry => Contracts.V1.AccessLogEntry.Parser.ParseFrom(entry).DetailDigest)
        );
    }

    [Fact]
    public async Task Log_that_grows_publishes_again_and_old_partials_go_with_the_full_tile()
    {
        await using var log = await LogUnderTest.StartAsync(_folder.Path);
        await log.AppendAsync(3);
        await log.WaitPublishedAsync(3);
        Assert.True(File.Exists(Path.Combine(Tree, "tile/0/000.p/3")));

        await log.AppendAsync(300, firstNumber: 3);
        await log.WaitPublishedAsync(303);

        IndependentVerifier.Verify(Tree, log.Host.VerifierKey);
        await Wait.UntilAsync(
            () =>
                !Directory.Exists(Path.Combine(Tree, "tile/0/000.p"))
                && !Directory.Exists(Path.Combine(Tree, "tile/entries/000.p")),
            () => "The partial forms of tile 0 are still there."
        );
        Assert.True(File.Exists(Path.Combine(Tree, "detail/000")));
    }

    [Fact]
    public async Task Log_of_many_levels_goes_on_after_a_restart_and_is_read_back_whole()
    {
        const int made = 256 * 256 + 300;
        const int count = made + 500;
        await LogUnderTest.MakeAsync(_folder.Path, made);
        await using var log = await LogUnderTest.StartAsync(_folder.Path);
        await log.AppendAsync(count - made, firstNumber: made);
        await log.WaitPublishedAsync(count);

        Assert.Equal(count, IndependentVerifier.Verify(Tree, log.Host.VerifierKey).Count);
        Assert.True(File.Exists(Path.Combine(Tree, "tile/1/000")));
        var entries = await log.ReadAllAsync();
        Assert.Equal(count, entries.Count);
        Assert.All(entries, entry => Assert.Equal(DetailState.Open, entry.State));
        Assert.Equal(
            Enumerable.Range(0, count).Select(number => (uint)number).Order(),
            entries.Select(entry => entry.Detail!.Asked).Order()
        );
    }

    [Fact]
    public async Task Publishing_that_fails_is_told_and_made_up_for_and_the_log_goes_on()
    {
        await using var log = await LogUnderTest.StartAsync(_folder.Path);
        log.Script.BeforePut = _ => throw new StorageUnavailableException("The storage is full.");
        await log.AppendAsync(600);
        await Wait.UntilAsync(() => log.Standing.Reason is not null, () => "Nobody was told.");
        Assert.Equal((true, 600, 0), (log.Standing.IsWritable, log.Standing.HeadSize, log.Standing.PublishedSize));
        Assert.False(File.Exists(Path.Combine(Tree, "checkpoint")));

        log.Script.BeforePut = _ => Task.CompletedTask;
        await log.WaitPublishedAsync(600);

        IndependentVerifier.Verify(Tree, log.Host.VerifierKey);
        Assert.Null(log.Standing.Reason);
    }
}
