using System.Threading.RateLimiting;

namespace SignalExchange.Silo.Browsers;

/// <summary>Which looks at the runtime's dashboard are recorded: its page asks for figures every second, and who reads them without the page is seen as well.</summary>
/// <remarks>Safe from any thread.</remarks>
internal sealed class DashboardViews : IDisposable
{
    /// <summary>For how long what a session asks for belongs to one look.</summary>
    public static readonly TimeSpan Look = TimeSpan.FromMinutes(5);

    private readonly PartitionedRateLimiter<string> _looks = PartitionedRateLimiter.Create<string, string>(session =>
        RateLimitPartition.GetFixedWindowLimiter(
            session,
            static _ => new FixedWindowRateLimiterOptions { PermitLimit = 1, Window = Look }
        )
    );

    /// <summary>Returns whether a session begins to look.</summary>
    public bool Begins(string session)
    {
        using var lease = _looks.AttemptAcquire(session);
        return lease.IsAcquired;
    }

    /// <inheritdoc/>
    public void Dispose() => _looks.Dispose();
}
