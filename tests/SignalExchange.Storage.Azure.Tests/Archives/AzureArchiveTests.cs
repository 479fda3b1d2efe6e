using Azure.Core;
using SignalExchange.Storage.Archives;
using SignalExchange.Storage.Azure.Tables;
using SignalExchange.Storage.Azure.Tests.Faults;
using SignalExchange.TestKit.Azurite;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Azure.Tests.Archives;

/// <summary>Tables and blobs of two accounts, read and filled as a whole.</summary>
public sealed class AzureArchiveTests(AzuriteFixture azurite) : ArchiveConformance
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_that_a_silo_was_started_on_is_empty_until_something_is_written()
    {
        var storage = new AzureArchiveUnderTest(azurite.Azurite);
        await using (await storage.OpenAsync(Ct)) { }

        await Copy(new ArchiveSample(), storage.Target());
    }

    [Fact]
    public async Task Where_a_restoration_died_no_silo_begins_until_it_is_made_again()
    {
        var storage = new AzureArchiveUnderTest(azurite.Azurite);
        var left = 20;
        var dying = Fault.OfTransactions((_, send) => Interlocked.Decrement(ref left) >= 0 ? send() : throw Refused());

        await Assert.ThrowsAsync<StorageUnavailableException>(() => Copy(new ArchiveSample(), storage.Target(dying)));

        var refusal = await Assert.ThrowsAsync<StorageFormatException>(() => storage.OpenAsync(Ct));
        Assert.Contains("Restore again", refusal.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StorageFormatException>(() => storage.Source().OpenAsync(Ct));
        await Copy(new ArchiveSample(), storage.Target());
        await using var _ = await storage.OpenAsync(Ct);
    }

    [Fact]
    public async Task What_a_restoration_with_other_settings_left_is_not_taken_away()
    {
        var storage = new AzureArchiveUnderTest(azurite.Azurite);
        var isDead = false;
        var dying = new Fault(
            (message, send) =>
                (isDead |= Fault.IsTransaction(message)) && message.Request.Method != RequestMethod.Get
                    ? throw Refused()
                    : send()
        );
        await Assert.ThrowsAsync<StorageUnavailableException>(() => Copy(new ArchiveSample(), storage.Target(dying)));
        var live = new AzureArchiveUnderTest(azurite.Azurite);
        await Copy(new ArchiveSample(), live.Target());

        var refusal = await Assert.ThrowsAsync<StorageFormatException>(() =>
            Copy(new ArchiveSample(), storage.WithStatesOf(live).Target())
        );

        Assert.Contains("whose settings are others", refusal.Message, StringComparison.Ordinal);
        await using var stores = await live.OpenAsync(Ct);
        Assert.NotNull(await stores.States.ReadAsync("registry", "0", Ct));
        await Copy(new ArchiveSample(), storage.Target());
    }

    [Fact]
    public async Task What_breaks_off_at_the_very_end_leaves_no_heads_and_no_number_of_shards()
    {
        var storage = new AzureArchiveUnderTest(azurite.Azurite);
        var dying = new Fault(
            (message, send) =>
                message.Request.Method == RequestMethod.Put
                && message.Request.Uri.Path.EndsWith("/format", StringComparison.Ordinal)
                    ? throw Refused()
                    : send()
        );

        await Assert.ThrowsAsync<StorageUnavailableException>(() => Copy(new ArchiveSample(), storage.Target(dying)));

        await using var stores = await storage.OpenAsync(shards: 32, Ct);
        Assert.All(await stores.Shards.ReadHeadsAsync(Ct), head => Assert.Equal(0, head));
    }

    [Fact]
    public async Task Of_two_restorations_at_once_the_first_does_not_let_silos_begin()
    {
        var storage = new AzureArchiveUnderTest(azurite.Azurite);
        var first = storage.Target();
        var isOther = false;

        await Assert.ThrowsAsync<StorageInUseException>(() => first.WriteAsync(ArchiveSample.Shards, WithOther(), Ct));

        async IAsyncEnumerable<ArchiveRecord> WithOther()
        {
            await foreach (var record in new ArchiveSample().ReadAsync(Ct))
            {
                if (record is ArchivedIndicator && !isOther)
                {
                    isOther = true;
                    await Copy(new ArchiveSample(), storage.Target());
                }

                if (record is ArchivedState or ArchivedLogRow or ArchivedIndicator)
                {
                    yield return record;
                }
            }
        }
    }

    [Fact]
    public async Task Transactions_whose_replies_are_lost_are_made_again_and_change_nothing()
    {
        var storage = new AzureArchiveUnderTest(azurite.Azurite);
        var count = 0;
        var losing = Fault.OfTransactions(
            async (_, send) =>
            {
                await send();
                if (Interlocked.Increment(ref count) % 3 == 0)
                {
                    throw Fault.Lost();
                }
            }
        );

        await Assert.ThrowsAsync<InvalidDataException>(() =>
            Copy(new BreakingSource(new ArchiveSample(), 90), storage.Target(losing))
        );
        var copied = await Copy(new ArchiveSample(), storage.Target(losing));

        var whole = new AzureArchiveUnderTest(azurite.Azurite);
        Assert.Equal(copied.Sha256, (await Copy(storage.Source(), whole.Target())).Sha256);
    }

    [Fact]
    public async Task What_is_larger_than_a_row_is_refused_and_leaves_nothing()
    {
        var storage = new AzureArchiveUnderTest(azurite.Azurite);

        var refusal = await Assert.ThrowsAsync<StorageFormatException>(() =>
            Copy(new OneState(PayloadProperties.MaxBytes + 1), storage.Target())
        );

        Assert.Contains("Azure Tables takes 983040 in a row", refusal.Message, StringComparison.Ordinal);
        await Copy(new OneState(700_000), storage.Target()); // Azurite takes less than the service: it counts base64.
    }

    protected override Task<IArchivedStorageUnderTest> CreateAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IArchivedStorageUnderTest>(new AzureArchiveUnderTest(azurite.Azurite));

    private static Task<ArchiveDigests> Copy(IArchiveSource source, IArchiveTarget target) =>
        ArchiveCopy.RunAsync(source, target, static _ => { }, Ct);

    private static global::Azure.RequestFailedException Refused() => new(403, "A test refuses it.");

    /// <summary>A state of so many bytes.</summary>
    private sealed class OneState(int bytes) : IArchiveSource, IArchive
    {
        public int ShardCount => ArchiveSample.Shards;

        public long ExpectedRecords => 1;

        public Task<IArchive> OpenAsync(CancellationToken cancellationToken) => Task.FromResult<IArchive>(this);

        public async IAsyncEnumerable<ArchiveRecord> ReadAsync(
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
        )
        {
            await Task.Yield();
            yield return new ArchivedState("large", "0", "1", new byte[bytes]);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
