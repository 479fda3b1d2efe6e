using System.Net;
using System.Threading.RateLimiting;

namespace SignalExchange.Silo.Security;

/// <summary>Lets one address do something so many times a minute, on this silo.</summary>
/// <remarks>An IPv6 address counts with all of its /64, which is what one site has. Safe from any thread.</remarks>
/// <param name="timesAMinute">How many times.</param>
internal sealed class AddressGate(int timesAMinute) : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private const int Segments = 6;

    private readonly PartitionedRateLimiter<IPAddress> _attempts = PartitionedRateLimiter.Create<IPAddress, string>(
        address =>
            RateLimitPartition.GetSlidingWindowLimiter(
                NetworkOf(address),
                _ => new SlidingWindowRateLimiterOptions
                {
                    PermitLimit = timesAMinute,
                    Window = Window,
                    SegmentsPerWindow = Segments,
                }
            )
    );

    /// <summary>Counts an attempt.</summary>
    /// <returns>How long to wait; zero when it may go on.</returns>
    public TimeSpan Enter(IPAddress? address)
    {
        using var lease = _attempts.AttemptAcquire(address ?? IPAddress.None);
        return lease.IsAcquired ? TimeSpan.Zero
            : lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after
            : Window;
    }

    /// <inheritdoc/>
    public void Dispose() => _attempts.Dispose();

    private static string NetworkOf(IPAddress address)
    {
        var bytes = (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).GetAddressBytes();
        return Convert.ToHexStringLower(bytes.AsSpan(0, Math.Min(bytes.Length, 8)));
    }
}
