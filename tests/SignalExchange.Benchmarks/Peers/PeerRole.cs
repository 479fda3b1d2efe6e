using SignalExchange.Benchmarks.Exchanges;
using SignalExchange.Benchmarks.Processes;

namespace SignalExchange.Benchmarks.Peers;

/// <summary>A process that is a peer: something that knows tokens, behind the same door as the exchange.</summary>
internal static class PeerRole
{
    /// <summary>Plays the role.</summary>
    public static async Task Play(PeerSettings settings)
    {
        await using var door = await PeerDoor.Open(settings);
        await ParentLine.Serve<object, ProcessFacts>(
            new ServerReady(door.Address, ""),
            _ => Task.FromResult(ProcessFacts.OfThisProcess())
        );
    }
}
