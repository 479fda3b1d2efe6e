using Google.Protobuf;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Quotas;

/// <summary>The rules of a day's distinct tokens: <see cref="QuotaLedger"/>, where a lease's use is read from sketches.</summary>
/// <remarks>
/// Pure: never touches the state it is given. What counts as spent is the estimate of everything that silos told,
/// so tokens that two silos saw count once; what they have not told yet is within their open leases.
/// </remarks>
internal static class TokenQuotaLedger
{
    /// <summary>Merges what the holder saw, closes its lease and opens the next.</summary>
    /// <param name="state">The state, of the day that it is.</param>
    /// <param name="request">What the holder saw and needs.</param>
    /// <param name="terms">Limit and block.</param>
    /// <param name="alarm">When to raise the alarm.</param>
    public static TokenLeaseStep Renew(
        TokenQuotaState state,
        TokenLeaseRequest request,
        LeaseTerms terms,
        EnumerationAlarm alarm
    )
    {
        var next = state.Clone();
        var day = request.Day == state.Day ? Merge(next, request) : Read(next);
        next.Account.Spent = Math.Max(next.Account.Spent, (long)Math.Ceiling(day.Tokens));
        // What the lease was used for is in the estimate now, so all of it comes back.
        var lease = QuotaLedger.Renew(next.Account, request.Lease with { Unused = long.MaxValue }, terms);
        var raised = lease.Next is not null && !state.IsAlarmRaised && alarm.IsRaisedBy(day.Tokens, day.Hits);
        if (lease.Next is null)
        {
            return new(state, IsChanged: false, lease, Alarm: null);
        }

        next.Account = lease.Next;
        next.IsAlarmRaised |= raised;
        return new(next, IsChanged: true, lease, raised ? day : null);
    }

    /// <summary>Returns an empty day.</summary>
    /// <param name="day">The day.</param>
    /// <param name="key">Its key, drawn for it.</param>
    public static TokenQuotaState NewDay(long day, ReadOnlySpan<byte> key) =>
        new()
        {
            Day = day,
            Account = new QuotaAccount(),
            Key = ByteString.CopyFrom(key),
        };

    /// <summary>Returns a day that goes on, or that another which was not it goes on as.</summary>
    /// <param name="day">The day.</param>
    /// <param name="state">What is known, of that day or of one that never was.</param>
    /// <remarks>What silos hold under a day that was not it they can't tell of any more, so all of it counts as used.</remarks>
    public static TokenQuotaState SameDay(long day, TokenQuotaState state)
    {
        if (state.Day == day)
        {
            return state;
        }

        var next = state.Clone();
        next.Day = day;
        next.Account = new QuotaAccount
        {
            Spent = state.Account.Spent,
            Abandoned = QuotaLedger.ChargedTo(state.Account) - state.Account.Spent,
        };
        return next;
    }

    private static DayOfTokens Merge(TokenQuotaState state, TokenLeaseRequest request)
    {
        var tokens = SketchOf(TokenSketch.ForTokens(), state.Sketch.Span, request.Sketch);
        var hits = SketchOf(TokenSketch.ForHits(), state.Hits.Span, request.Hits);
        state.Sketch = ByteString.CopyFrom(tokens.ToArray());
        state.Hits = ByteString.CopyFrom(hits.ToArray());
        return new(tokens.Estimate(), hits.Estimate());
    }

    private static DayOfTokens Read(TokenQuotaState state) =>
        new(
            SketchOf(TokenSketch.ForTokens(), state.Sketch.Span, []).Estimate(),
            SketchOf(TokenSketch.ForHits(), state.Hits.Span, []).Estimate()
        );

    private static TokenSketch SketchOf(TokenSketch sketch, ReadOnlySpan<byte> known, ReadOnlySpan<byte> told)
    {
        sketch.Merge(known);
        sketch.Merge(told);
        return sketch;
    }
}
