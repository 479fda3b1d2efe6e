using SignalExchange.Clustering;

namespace SignalExchange.Index.Freshness;

/// <summary>How lately it was true of one shard that this silo lacks nothing that was acknowledged.</summary>
/// <remarks>
/// A claim says: when it was asked for, the log ended here. It is proven once the index has got there, which may be a moment later;
/// meanwhile the oldest and the newest unproven claim are kept, so that an index that is always a little behind is not taken for one
/// that stands still. Safe from any thread; reading waits for nobody.
/// </remarks>
internal sealed class ShardEvidence(TimeProvider time)
{
    private readonly Lock _gate = new();
    private volatile Proof _proof = new(Moment.Never);
    private long _highest;
    private Claim? _oldest;
    private Claim? _newest;

    /// <summary>Gets the highest head that was claimed.</summary>
    public long Highest
    {
        get
        {
            lock (_gate)
            {
                return _highest;
            }
        }
    }

    /// <summary>Takes a claim.</summary>
    /// <param name="head">Where the log ended.</param>
    /// <param name="asked">When that was asked: it may have grown since.</param>
    /// <param name="applied">How far the index has followed the log.</param>
    public void Add(long head, Moment asked, long applied)
    {
        lock (_gate)
        {
            if (head < _highest)
            {
                return; // It ends further on for all we know: this comes late, or from one who does not know that it was replaced.
            }

            _highest = head;
            var claim = new Claim(head, asked);
            (_oldest, _newest) = _oldest is null ? (claim, null) : (_oldest, claim);
            Prove(applied);
        }
    }

    /// <summary>Returns whether the newest proof is no older than a limit.</summary>
    public bool IsWithin(TimeSpan limit, Moment now, long applied)
    {
        if (_proof.Asked.AgeAt(now, time) <= limit)
        {
            return true;
        }

        lock (_gate)
        {
            Prove(applied);
            return _proof.Asked.AgeAt(now, time) <= limit;
        }
    }

    private void Prove(long applied)
    {
        while (_oldest is { } claim && claim.Head <= applied)
        {
            _proof = claim.Asked.Timestamp > _proof.Asked.Timestamp ? new(claim.Asked) : _proof;
            (_oldest, _newest) = (_newest, null);
        }
    }

    private sealed record Claim(long Head, Moment Asked);

    private sealed record Proof(Moment Asked);
}
