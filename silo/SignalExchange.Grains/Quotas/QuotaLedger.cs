using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Quotas;

/// <summary>The rules by which a day's allowance is handed out to silos. Pure: never touches the account it is given.</summary>
/// <remarks>
/// <para>
/// The bound: <c>spent + abandoned + open leases &lt;= limit</c> after every step that hands something out, since a lease is cut from
/// what is left under it. What silos use is part of their leases, and a lease is closed once, by its own holder, in its own
/// process. So no order of leases, returns, retries and crashes lets more than the limit be used in a day; what a killed silo
/// held is lost to the member, never to the limit.
/// </para>
/// Linear in the holders, of which there are <see cref="MaxHolders"/> at most.
/// </remarks>
internal static class QuotaLedger
{
    /// <summary>How many leases are kept apart; the oldest beyond it counts as used to the end of the day.</summary>
    public const int MaxHolders = 64;

    /// <summary>Closes the holder's lease and opens the next.</summary>
    /// <param name="account">The account.</param>
    /// <param name="request">What the holder returns and needs.</param>
    /// <param name="terms">Limit and block.</param>
    public static LeaseStep Renew(QuotaAccount account, LeaseRequest request, LeaseTerms terms)
    {
        var open = account.Leases.FirstOrDefault(lease => lease.Holder == request.Holder);
        if (open is not null && open.Sequence >= request.Sequence)
        {
            // A retry gets its answer again; what is older than that was given up by who sent it.
            return new(null, open.Sequence == request.Sequence ? open.Amount : 0, 0, IsRefused: false);
        }

        var next = account.Clone();
        Close(next, open, request.Unused);
        var available = Math.Max(0, terms.Limit - ChargedTo(next));
        if (!request.IsReturn && request.Needed > available)
        {
            return new(null, 0, available, IsRefused: true);
        }

        // A holder that only returns keeps an empty lease: its sequence tells a late duplicate of an older request.
        var granted = request.IsReturn ? 0 : Math.Min(available, request.Needed + terms.Block);
        Open(next, request, granted);
        return new(next, granted, available, IsRefused: false);
    }

    /// <summary>Returns what counts against the limit.</summary>
    public static long ChargedTo(QuotaAccount account) =>
        account.Spent + account.Abandoned + account.Leases.Sum(lease => lease.Amount);

    private static void Close(QuotaAccount account, QuotaLease? open, long unused)
    {
        if (open is not null)
        {
            account.Leases.Remove(open);
            account.Spent += open.Amount - Math.Clamp(unused, 0, open.Amount);
        }
    }

    private static void Open(QuotaAccount account, LeaseRequest request, long amount)
    {
        if (account.Leases.Count == MaxHolders)
        {
            account.Abandoned += account.Leases[0].Amount;
            account.Leases.RemoveAt(0);
        }

        account.Leases.Add(
            new QuotaLease
            {
                Holder = request.Holder,
                Sequence = request.Sequence,
                Amount = amount,
            }
        );
    }
}
