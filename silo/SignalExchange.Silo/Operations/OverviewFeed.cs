using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Members;
using SignalExchange.Grains.Operations;
using SignalExchange.Silo.Members;

namespace SignalExchange.Silo.Operations;

/// <summary>How the exchange does now, asked once for all who watch on this silo.</summary>
/// <remarks>
/// Asked for again only when somebody watches and what is known is older than half of <see cref="Interval"/>: were it the whole, a watcher whose timer is a moment
/// early would be told the same again, and so every other time. Safe from any thread.
/// </remarks>
internal sealed class OverviewFeed(IGrainFactory grains, MemberDirectory directory, TimeProvider clock) : IDisposable
{
    /// <summary>How often there is something new.</summary>
    public static readonly TimeSpan Interval = SiloReporter.Interval;

    private static readonly TimeSpan ReadingLife = Interval / 2;

    private readonly SemaphoreSlim _gate = new(1);
    private WatchOverviewResponse? _known;
    private long _askedAt;

    /// <summary>Returns how the exchange does, at most half an <see cref="Interval"/> old.</summary>
    public async Task<WatchOverviewResponse> Now(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_known is null || clock.GetElapsedTime(_askedAt) >= ReadingLife)
            {
                _known = await Ask();
                _askedAt = clock.GetTimestamp();
            }

            return _known;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private async Task<WatchOverviewResponse> Ask()
    {
        var now = await grains.GetGrain<IOperationsGrain>(0).Now();
        now.PendingApprovals = (uint)await grains.GetGrain<IMemberRegistryGrain>(0).PendingApprovals();
        now.OpenAlarms = (uint)now.Silos.Sum(silo => silo.OpenAlarms);
        now.Members.Add(
            directory
                .Members.Where(member => member.MemberId != Contracts.MemberId.Consortium.Value)
                .GroupBy(member => member.State)
                .OrderBy(group => group.Key)
                .Select(group => new MemberCount { State = group.Key, Members = (uint)group.Count() })
        );
        return now;
    }
}
