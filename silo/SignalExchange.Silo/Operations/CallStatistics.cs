using System.Collections.Concurrent;
using Google.Protobuf.WellKnownTypes;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Silo.Operations;

/// <summary>Counts what this silo does, from what the access log says of each call; handed on and begun anew every few seconds.</summary>
/// <remarks>Safe from any thread. A call costs a few additions and no allocation, but a member's first in an interval.</remarks>
internal sealed class CallStatistics(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, CallCounters> _members = new(StringComparer.Ordinal);
    private CallCounters _all = new();

    /// <summary>Counts a call, or a batch of a stream.</summary>
    /// <param name="detail">Its entry.</param>
    /// <param name="elapsed">How long it took, with the writing of its entry.</param>
    public void Count(AccessLogDetail detail, TimeSpan elapsed)
    {
        var kind = CallKinds.Of(detail.Method);
        Volatile.Read(ref _all).Add(kind, detail, elapsed);
        if (detail.Actor is { Kind: ActorKind.Backend, MemberId.Length: > 0 } actor)
        {
            _members.GetOrAdd(actor.MemberId, static _ => new()).Add(kind, detail, elapsed);
        }
    }

    /// <summary>Returns what was counted since this was last called. One caller at a time.</summary>
    /// <remarks>A call that is being counted just then may be missed: these are figures to watch, not an account.</remarks>
    public (ActivityStep All, IReadOnlyList<MemberUse> Members) Take()
    {
        var all = Interlocked.Exchange(ref _all, new()).ToStep();
        var now = clock.GetUtcNow().ToTimestamp();
        var members = new List<MemberUse>();
        foreach (var member in _members.Keys)
        {
            if (_members.TryRemove(member, out var counters))
            {
                members.Add(counters.ToUse(member, now));
            }
        }

        return (all, members);
    }
}
