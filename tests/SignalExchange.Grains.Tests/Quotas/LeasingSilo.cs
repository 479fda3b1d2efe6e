using SignalExchange.Grains.Quotas;

namespace SignalExchange.Grains.Tests.Quotas;

/// <summary>One process that leases: what it has, and the request whose answer it does not know yet.</summary>
internal sealed class LeasingSilo(string holder)
{
    private long _sequence;

    public long Pot { get; set; }

    public LeaseRequest? Pending { get; private set; }

    public LeaseRequest Ask(long needed) => Begin(needed, isReturn: false);

    public LeaseRequest Return() => Begin(0, isReturn: true);

    public void Accept(LeaseStep step)
    {
        Pot += step.IsRefused ? Pending!.Unused : step.Granted;
        Pending = null;
    }

    private LeaseRequest Begin(long needed, bool isReturn)
    {
        if (Pending is null)
        {
            Pending = new(holder, ++_sequence, Pot, needed, isReturn);
            Pot = 0;
        }

        return Pending;
    }
}
