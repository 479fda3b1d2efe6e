using SignalExchange.Storage.Archives;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Postgres.Tests.Archives;

/// <summary>Databases, read and filled as a whole.</summary>
public sealed class PostgresArchiveTests(CleanDatabases databases) : ArchiveConformance
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_that_a_silo_was_started_on_is_empty_until_something_is_written()
    {
        await using var storage = await CreateAsync(Ct);
        await using (await storage.OpenAsync(Ct)) { }

        await ArchiveCopy.RunAsync(new ArchiveSample(), storage.Target(), static _ => { }, Ct);
    }

    [Fact]
    public async Task One_that_a_silo_is_connected_to_is_neither_moved_nor_filled()
    {
        await using var storage = await CreateAsync(Ct);
        await using var silo = await storage.OpenAsync(Ct);
        await silo.Shards.ReadHeadAsync(new(0), Ct);

        await Assert.ThrowsAsync<StorageInUseException>(() => storage.Source(isAlone: true).OpenAsync(Ct));
        await Assert.ThrowsAsync<StorageInUseException>(() =>
            ArchiveCopy.RunAsync(new ArchiveSample(), storage.Target(), static _ => { }, Ct)
        );
    }

    protected override async Task<IArchivedStorageUnderTest> CreateAsync(CancellationToken cancellationToken) =>
        new PostgresArchiveUnderTest(await databases.CreateAsync(cancellationToken));
}
