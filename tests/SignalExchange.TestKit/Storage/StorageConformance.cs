namespace SignalExchange.TestKit.Storage;

/// <summary>What the suites of all ports share: storage for each test.</summary>
public abstract class StorageConformance : IAsyncLifetime
{
    private IStorageUnderTest? _storage;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected IStorageUnderTest Storage => _storage ?? throw new InvalidOperationException("No test is running.");

    public async ValueTask InitializeAsync() => _storage = await CreateAsync(Cancellation);

    public async ValueTask DisposeAsync()
    {
        await Storage.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes new, empty storage. Called for each test, and often by some.</summary>
    protected abstract Task<IStorageUnderTest> CreateAsync(CancellationToken cancellationToken);
}
