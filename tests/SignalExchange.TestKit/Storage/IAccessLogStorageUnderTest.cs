using SignalExchange.Storage.AccessLog;

namespace SignalExchange.TestKit.Storage;

/// <summary>An engine with access logs of its own, none at first, for one test. Disposing removes them.</summary>
public interface IAccessLogStorageUnderTest : IAsyncDisposable
{
    /// <summary>Gets the port.</summary>
    IAccessLogStore Logs { get; }

    /// <summary>Closes the storage and opens it again; the port is a new one afterwards.</summary>
    Task ReopenAsync(CancellationToken cancellationToken);
}
