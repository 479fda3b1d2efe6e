using System.Net;
using Microsoft.Extensions.Options;

namespace SignalExchange.Silo.Hosting;

/// <summary>
/// Keeps a silo at a loopback address out of a cluster that has silos on other machines, and the other way round: it would be reached by none of them, and one
/// that has the same address and port would take it for its own predecessor.
/// </summary>
/// <remarks>A silo that was not heard of for a while does not count: it may be this one's own past, on a machine of another name.</remarks>
internal sealed class SiloNeighbours(IMembershipTable table, IOptions<SiloIdentityOptions> identity, TimeProvider time)
    : ILifecycleParticipant<ISiloLifecycle>
{
    // Before the runtime joins, and before it declares dead what was at this silo's address.
    private const int Stage = ServiceLifecycleStage.RuntimeGrainServices - 1;

    // Three of the signs of life that ExchangeClusterExtensions has silos give.
    private static readonly TimeSpan HeardOfFor = TimeSpan.FromSeconds(15);

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(nameof(SiloNeighbours), Stage, Look);

    /// <summary>Returns a silo that this one and the others could not meet; null if they can.</summary>
    /// <param name="address">Where this silo says that it is.</param>
    /// <param name="machine">The name of this silo's machine.</param>
    /// <param name="silos">What stands in the table.</param>
    /// <param name="now">The time.</param>
    internal static MembershipEntry? FindStranger(
        IPAddress address,
        string machine,
        IEnumerable<MembershipEntry> silos,
        DateTimeOffset now
    ) =>
        silos.FirstOrDefault(it =>
            it.Status is SiloStatus.Joining or SiloStatus.Active
            && now.UtcDateTime - it.IAmAliveTime < HeardOfFor
            && it.HostName != machine
            && (IPAddress.IsLoopback(address) || IPAddress.IsLoopback(it.SiloAddress.Endpoint.Address))
        );

    private async Task Look(CancellationToken cancellationToken)
    {
        await table.InitializeMembershipTableAsync(tryInitTableVersion: true, cancellationToken);
        var silos = (await table.ReadAllAsync(cancellationToken)).Members.Select(it => it.Item1);
        var own = identity.Value.Address;
        if (FindStranger(IPAddress.Parse(own), Dns.GetHostName(), silos, time.GetUtcNow()) is { } stranger)
        {
            throw new OptionsValidationException(
                nameof(SiloIdentityOptions.Address),
                typeof(SiloIdentityOptions),
                [
                    $"{SiloIdentityOptions.Section}:{nameof(SiloIdentityOptions.Address)} is '{own}', and a silo of the cluster runs on the machine "
                        + $"'{stranger.HostName}' at {stranger.SiloAddress.Endpoint}. Silos on several machines have addresses at which the others reach them; "
                        + "what is at a loopback address is alone, or was: a silo that has ended counts for 15 seconds.",
                ]
            );
        }
    }
}
