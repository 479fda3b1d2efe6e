using System.Security.Cryptography;
using Grpc.Net.Client.Balancer;

namespace SignalExchange.Client.Transport.Balancing;

/// <summary>One silo after the other, of those with a connection that are not left alone; if that is none, of all.</summary>
internal sealed class SiloPicker(IReadOnlyList<Subchannel> connected, SiloRest rest) : SubchannelPicker
{
    // Clients that start together do not begin with the same silo.
    private int _last = RandomNumberGenerator.GetInt32(int.MaxValue);

    public override PickResult Pick(PickContext context)
    {
        var next = (uint)Interlocked.Increment(ref _last);
        for (var i = 0u; i < connected.Count; i++)
        {
            if (At(next + i) is { CurrentAddress: { } address } silo && !IsResting(address))
            {
                return PickResult.ForSubchannel(silo);
            }
        }

        return PickResult.ForSubchannel(At(next));
    }

    private Subchannel At(uint place) => connected[(int)(place % (uint)connected.Count)];

    private bool IsResting(BalancerAddress address) => rest.IsResting(address.EndPoint.Host, address.EndPoint.Port);
}
