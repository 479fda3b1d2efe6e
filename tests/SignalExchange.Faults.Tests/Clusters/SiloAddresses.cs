using SignalExchange.TestKit;

namespace SignalExchange.Faults.Tests.Clusters;

/// <summary>The ports of a silo.</summary>
internal sealed class SiloAddresses
{
    /// <summary>Gets where members call.</summary>
    public Uri Members { get; } = Free();

    /// <summary>Gets where its access log is served.</summary>
    public Uri Tiles { get; } = Free();

    /// <summary>Gets where it says whether it is ready.</summary>
    public Uri Health { get; } = Free();

    /// <summary>Gets where it listens for other silos.</summary>
    public int SiloPort { get; } = FreePort.Find();

    private static Uri Free() => new($"http://127.0.0.1:{FreePort.Find()}");
}
