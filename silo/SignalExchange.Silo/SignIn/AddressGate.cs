using System.Net;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace SignalExchange.Silo.SignIn;

/// <summary>Lets one address make so many attempts to sign in a minute, on this silo; the rest is turned away before anything is hashed.</summary>
/// <remarks>An IPv6 address counts with all of its /64, which is what one site has. Safe from any thread.</remarks>
internal sealed class AddressGate(IOptions<SignInOptions> options) : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private const int Segments = 6;

    private readonly PartitionedRateLimiter<IPAddress> _attempts = PartitionedRateLimiter.Create<IPAddress, string>(
        address =>
            RateLimitPartition.GetSlidingWindowLimiter(
                NetworkOf(address),
                _ => new SlidingWindowRateLimiterOptions
                {
                    PermitLimit = options.Value.AttemptsPerAddress,
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
