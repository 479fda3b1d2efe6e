using System.Globalization;

namespace SignalExchange.TestKit.Azurite;

/// <summary>One Azurite for all tests of an assembly: <c>[assembly: AssemblyFixture(typeof(AzuriteFixture))]</c>.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private static int _names;

    private AzuriteProcess? _azurite;

    /// <summary>Gets the process. It has two accounts.</summary>
    public AzuriteProcess Azurite => _azurite ?? throw new InvalidOperationException("No test is running.");

    /// <summary>Returns a name that no other test of this run gets, for tables and containers.</summary>
    public static string NewName() =>
        string.Create(CultureInfo.InvariantCulture, $"Test{Interlocked.Increment(ref _names)}");

    public async ValueTask InitializeAsync() =>
        _azurite = await AzuriteProcess.StartAsync(accounts: 2, isKept: false, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if (_azurite is { } azurite)
        {
            await azurite.DisposeAsync();
        }
    }
}
