using SignalExchange.Contracts;
using SignalExchange.Grains.Quotas;

namespace SignalExchange.Silo.Quotas;

/// <summary>One member's tokens of one day on this silo, and the lease on how many more there may be. Not safe from several threads.</summary>
internal sealed class TokenDay
{
    private readonly TokenHash _hash;
    private readonly TokenSketch _hits;
    private TokenSketch _seen;
    private TokenSketch _trial;
    private double _estimate;
    private double _left;
    private double _suspended;

    private TokenDay(long number, TokenHash hash, TokenSketch hits, LeaseTime time)
    {
        (Number, _hash, _hits, Time) = (number, hash, hits, time);
        (_seen, _trial) = (TokenSketch.ForTokens(), TokenSketch.ForTokens());
    }

    /// <summary>Gets the day, as the grain counts it.</summary>
    public long Number { get; }

    /// <summary>Gets until when the lease holds.</summary>
    public LeaseTime Time { get; }

    /// <summary>Begins with what the grain knows of all silos; the hits of the same day are kept.</summary>
    public static TokenDay Of(TokenLeaseReply reply, LeaseTime time, TokenDay? before)
    {
        var hits = before?.Number == reply.Day ? before._hits : TokenSketch.ForHits();
        var day = new TokenDay(reply.Day, new TokenHash(reply.Key), hits, time);
        day._seen.Merge(reply.Sketch);
        day._estimate = day._seen.Estimate();
        day._left = reply.Lease.Granted;
        return day;
    }

    /// <summary>Adds a batch if it fits: the sketch's estimate grows by no more than is left.</summary>
    /// <param name="tokens">The tokens, packed.</param>
    /// <param name="needed">By how much it would grow.</param>
    public bool TryTake(ReadOnlySpan<byte> tokens, out long needed)
    {
        _trial.CopyFrom(_seen);
        for (var rest = tokens; !rest.IsEmpty; rest = rest[Token.Size..])
        {
            _trial.Add(_hash.Of(rest[..Token.Size]));
        }

        var after = _trial.Estimate();
        var growth = after - _estimate;
        needed = (long)Math.Ceiling(growth);
        if (growth > _left)
        {
            return false;
        }

        (_seen, _trial) = (_trial, _seen);
        (_estimate, _left) = (after, _left - growth);
        return true;
    }

    /// <summary>Notes a hit.</summary>
    public void Hit(ReadOnlySpan<byte> token) => _hits.Add(_hash.Of(token));

    /// <summary>Grants nothing new until <see cref="Resume"/>.</summary>
    public void Suspend()
    {
        _suspended += _left;
        _left = 0;
    }

    /// <summary>Grants again what was left.</summary>
    public void Resume()
    {
        _left += _suspended;
        _suspended = 0;
    }

    public byte[] TokensSeen() => _seen.ToArray();

    public byte[] HitsSeen() => _hits.ToArray();
}
