using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Disputes;

/// <summary>Who makes room in a full book: whoever fills it, so that nobody wipes out the history of others.</summary>
internal static class DisputeRoom
{
    /// <summary>Makes room in a book that is being made, for one more of a member's.</summary>
    /// <returns>False when every dispute in it is unsettled.</returns>
    public static bool Make(DisputeBookState next, string member)
    {
        if (next.Disputes.Count < Limits.MaxDisputes)
        {
            return true;
        }

        var all = next.Disputes.ToLookup(it => it.Dispute.RaisedBy);
        var hasShare = (long)all[member].Count() * all.Count >= next.Disputes.Count;
        var settled = next.Disputes.Where(it => !it.Dispute.IsUnsettled()).ToLookup(it => it.Dispute.RaisedBy);
        var giver = hasShare && settled.Contains(member) ? settled[member] : settled.MaxBy(own => own.Count());
        return giver is not null && next.Disputes.Remove(Least(giver));
    }

    // The oldest; those of withdrawn signals last, since they stand again when the signal comes back.
    private static DisputeRecord Least(IEnumerable<DisputeRecord> settled) =>
        settled.MinBy(it => it.Dispute.State == DisputeState.SignalWithdrawn)!;
}
