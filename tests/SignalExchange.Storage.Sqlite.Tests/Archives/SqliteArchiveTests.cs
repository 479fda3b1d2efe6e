using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Sqlite.Tests.Archives;

/// <summary>Folders of the embedded engine, read and filled as a whole.</summary>
public sealed class SqliteArchiveTests : ArchiveConformance
{
    protected override Task<IArchivedStorageUnderTest> CreateAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IArchivedStorageUnderTest>(new SqliteArchiveUnderTest());
}
