using Google.Protobuf.WellKnownTypes;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Members;

/// <summary>The rule of ordering a key rotation. Pure.</summary>
/// <remarks>Whether the key can be rotated to is the key service's to say, before it is asked for and when it begins.</remarks>
internal static class RotationRules
{
    // A type has at most one that is not finished and one that waits for it; the rest is history.
    private const int MaxOrders = 64;

    /// <summary>Orders a rotation.</summary>
    public static RegistryStep Order(RegistryState state, RotateKeyRequest request, DateTimeOffset now)
    {
        if (state.Rotations.Any(order => order.ToKeyId == request.ToKeyId))
        {
            return default;
        }

        var next = state.NextVersion();
        next.Rotations.Add(
            new KeyRotationOrder
            {
                ToKeyId = request.ToKeyId,
                Emergency = request.Emergency,
                OrderedAt = now.ToTimestamp(),
            }
        );
        if (next.Rotations.Count > MaxOrders)
        {
            next.Rotations.RemoveAt(0);
        }

        return new(next, null);
    }
}
