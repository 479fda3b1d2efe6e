using System.Text;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using SignalExchange.Storage.AccessLog;
using SignalExchange.TestKit.Azurite;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Azure.Tests.AccessLog;

public sealed class AzureAccessLogStoreTests(AzuriteFixture azurite) : AccessLogStoreConformance
{
    private const string Log = "silo-1";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected override async Task<IAccessLogStorageUnderTest> CreateAsync(CancellationToken cancellationToken) =>
        await AzureAccessLogUnderTest.OpenAsync(azurite.Azurite, cancellationToken);

    [Fact]
    public async Task Silo_that_takes_the_log_ends_the_writing_of_the_one_that_had_it()
    {
        await using var storage = await AzureAccessLogUnderTest.OpenAsync(azurite.Azurite, Ct);
        var rival = await storage.OpenStoreAsync();
        var older = await storage.Logs.AcquireAsync(Log, Ct);
        await storage.Logs.AppendAsync(older, 0, AccessLogRecords.From(0, 3), Ct);
        await storage.Logs.MarkPublishedAsync(older, 3, Ct);

        var newer = await rival.AcquireAsync(Log, Ct);

        foreach (
            var write in new Func<IAccessLogStore, ValueTask>[]
            {
                it => it.AppendAsync(older, 3, AccessLogRecords.From(3, 1), Ct),
                it => it.PutAsync(older, AccessLogPaths.Checkpoint, new byte[1], Ct),
                it => it.PutAsync(older, "tile/0/000", new byte[1], Ct),
                it => it.DeletePartialsAsync(older, "tile/0/000", Ct),
                it => it.MarkPublishedAsync(older, 3, Ct),
                it => it.TrimAsync(older, 0, Ct),
            }
        )
        {
            // As the one that had it, which has heard of nothing, and as a third that has only the lease.
            await using var third = await storage.OpenStoreAsync();
            await Assert.ThrowsAsync<AccessLogFencedException>(async () => await write(storage.Logs));
            await Assert.ThrowsAsync<AccessLogFencedException>(async () => await write(third));
        }

        await rival.AppendAsync(newer, 3, AccessLogRecords.From(3, 1), Ct);
        Assert.Equal(new(0, 4, 3), await storage.Logs.ReadExtentAsync(Log, Ct));
    }

    [Fact]
    public async Task Journal_goes_on_in_segments_and_those_that_are_trimmed_are_deleted()
    {
        await using var storage = await AzureAccessLogUnderTest.OpenAsync(azurite.Azurite, Ct);
        var lease = await storage.Logs.AcquireAsync(Log, Ct);
        await storage.Logs.PutAsync(lease, AccessLogPaths.VerifierKey, "key"u8.ToArray(), Ct);
        for (var size = 0; size < 40; size++)
        {
            await storage.Logs.AppendAsync(lease, size, AccessLogRecords.From(size, 1), Ct);
        }

        var before = await storage.SegmentsAsync(Log);
        await storage.Logs.MarkPublishedAsync(lease, 40, Ct);
        await storage.Logs.TrimAsync(lease, 38, Ct);

        var after = await storage.SegmentsAsync(Log);
        Assert.True(before.Count >= 5, $"{before.Count} segments");
        Assert.InRange(after.Count, 1, 2);
        await storage.ReopenAsync(Ct);
        Assert.Equal(new(38, 40, 40), await storage.Logs.ReadExtentAsync(Log, Ct));
        Assert.Equal(2, (await storage.Logs.ReadAsync(Log, 38, 10, Ct)).Count);
        Assert.Equal(
            "key",
            Encoding.ASCII.GetString((await storage.Logs.GetAsync(Log, AccessLogPaths.VerifierKey, Ct))!.Value.Span)
        );
    }

    [Fact]
    public async Task Reader_whose_segment_was_trimmed_by_another_finds_the_beginning_again()
    {
        await using var storage = await AzureAccessLogUnderTest.OpenAsync(azurite.Azurite, Ct);
        var reader = await storage.OpenStoreAsync();
        var lease = await storage.Logs.AcquireAsync(Log, Ct);
        await storage.Logs.AppendAsync(lease, 0, AccessLogRecords.From(0, 2), Ct);
        Assert.Equal(2, (await reader.ReadAsync(Log, 0, 10, Ct)).Count);

        for (var size = 2; size < 30; size++)
        {
            await storage.Logs.AppendAsync(lease, size, AccessLogRecords.From(size, 1), Ct);
        }

        await storage.Logs.MarkPublishedAsync(lease, 30, Ct);
        await storage.Logs.TrimAsync(lease, 29, Ct);

        Assert.Equal(new(29, 30, 30), await reader.ReadExtentAsync(Log, Ct));
        Assert.Single(await reader.ReadAsync(Log, 29, 10, Ct));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await reader.ReadAsync(Log, 0, 1, Ct));
    }

    [Fact]
    public async Task Empty_segment_that_somebody_made_late_is_no_beginning()
    {
        await using var storage = await AzureAccessLogUnderTest.OpenAsync(azurite.Azurite, Ct);
        var lease = await storage.Logs.AcquireAsync(Log, Ct);
        for (var size = 0; size < 20; size++)
        {
            await storage.Logs.AppendAsync(lease, size, AccessLogRecords.From(size, 1), Ct);
        }

        await storage.Logs.MarkPublishedAsync(lease, 20, Ct);
        await storage.Logs.TrimAsync(lease, 20, Ct);
        await storage
            .Container.GetAppendBlobClient($"{Log}/journal/0000000001")
            .CreateAsync(new AppendBlobCreateOptions(), Ct);
        await storage.ReopenAsync(Ct);

        Assert.Equal(new(20, 20, 20), await storage.Logs.ReadExtentAsync(Log, Ct));
        Assert.True((await storage.Logs.AcquireAsync(Log, Ct)).Epoch > lease.Epoch);
    }

    [Theory]
    [InlineData("2")]
    [InlineData("")]
    public async Task Container_of_another_format_is_refused(string format)
    {
        await using var storage = await AzureAccessLogUnderTest.OpenAsync(azurite.Azurite, Ct);
        await storage.Container.GetBlobClient("format").UploadAsync(BinaryData.FromString(format), overwrite: true, Ct);

        await Assert.ThrowsAsync<StorageFormatException>(() => storage.NewStore().OpenAsync(Ct));
    }

    [Fact]
    public async Task Journal_that_is_not_as_it_was_written_says_where()
    {
        await using var storage = await AzureAccessLogUnderTest.OpenAsync(azurite.Azurite, Ct);
        var lease = await storage.Logs.AcquireAsync(Log, Ct);
        await storage.Logs.AppendAsync(lease, 0, AccessLogRecords.From(0, 5), Ct);
        await DamageAsync(storage, $"{Log}/journal/0000000001", bytes => bytes[^40] ^= 1);

        // The one that wrote it knows where its records lie; another reads the journal from its beginning.
        var known = await Assert.ThrowsAsync<AccessLogStoredWrongException>(async () =>
            await storage.Logs.ReadAsync(Log, 0, 5, Ct)
        );
        var reader = await storage.OpenStoreAsync();
        var found = await Assert.ThrowsAsync<AccessLogStoredWrongException>(async () =>
            await reader.ReadExtentAsync(Log, Ct)
        );

        Assert.Contains("damaged between entries 0 and 4", known.Message, StringComparison.Ordinal);
        Assert.Contains("damaged in its segment 1 at byte", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Journal_that_lost_a_segment_says_which()
    {
        await using var storage = await AzureAccessLogUnderTest.OpenAsync(azurite.Azurite, Ct);
        var lease = await storage.Logs.AcquireAsync(Log, Ct);
        for (var size = 0; size < 30; size++)
        {
            await storage.Logs.AppendAsync(lease, size, AccessLogRecords.From(size, 1), Ct);
        }

        await storage.Container.DeleteBlobAsync($"{Log}/journal/0000000002", cancellationToken: Ct);

        var reader = await storage.OpenStoreAsync();
        var wrong = await Assert.ThrowsAsync<AccessLogStoredWrongException>(async () =>
            await reader.ReadExtentAsync(Log, Ct)
        );
        Assert.Contains("lost its segment 2", wrong.Message, StringComparison.Ordinal);
    }

    // Puts an append blob of the same length in the place of one.
    private static async Task DamageAsync(AzureAccessLogUnderTest storage, string blob, Action<byte[]> damage)
    {
        var client = storage.Container.GetAppendBlobClient(blob);
        var bytes = (await client.DownloadContentAsync(Ct)).Value.Content.ToArray();
        damage(bytes);
        await client.CreateAsync(new AppendBlobCreateOptions(), Ct);
        await client.AppendBlockAsync(new MemoryStream(bytes), cancellationToken: Ct);
    }
}
