using SignalExchange.Storage.AccessLog;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.AccessLog.Tests;

/// <summary>What stands in for an engine in these tests does what engines do.</summary>
public sealed class InMemoryAccessLogStoreTests : AccessLogStoreConformance
{
    protected override Task<IAccessLogStorageUnderTest> CreateAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IAccessLogStorageUnderTest>(new UnderTest());

    private sealed class UnderTest : IAccessLogStorageUnderTest
    {
        public IAccessLogStore Logs { get; } = new InMemoryAccessLogStore();

        public Task ReopenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public ValueTask DisposeAsync() => default;
    }
}
