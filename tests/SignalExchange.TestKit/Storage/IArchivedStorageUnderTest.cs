using SignalExchange.Storage.Archives;

namespace SignalExchange.TestKit.Storage;

/// <summary>A place of an engine for everything that is stored, empty at first.</summary>
public interface IArchivedStorageUnderTest : IAsyncDisposable
{
    /// <summary>Returns what reads it.</summary>
    IArchiveSource Source(bool isAlone = false);

    /// <summary>Returns what fills it.</summary>
    IArchiveTarget Target();

    /// <summary>Opens it as a silo does, with 16 shards. Disposing of that closes it.</summary>
    Task<OpenStores> OpenAsync(CancellationToken cancellationToken);
}
