using SignalExchange.Grains.Quotas;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Tests.Quotas;

/// <summary>Silos that lease from one account, by the protocol of <see cref="LeaseRequest"/>, over a network that loses messages.</summary>
internal sealed class LeasingCluster(LeaseTerms terms)
{
    private readonly LeasingSilo[] _silos = [new("a0"), new("b0"), new("c0"), new("d0")];
    private readonly List<LeaseRequest> _sent = [];
    private QuotaAccount _account = new();
    private int _processes;

    /// <summary>Gets what silos used in all, the killed ones too.</summary>
    public long Used { get; private set; }

    public long Charged => QuotaLedger.ChargedTo(_account);

    public void Do(LeasingStep step, int silo, long count)
    {
        var at = _silos[silo];
        switch (step)
        {
            case LeasingStep.Take:
                Take(at, count);
                break;
            case LeasingStep.LoseReply:
                Deliver(at.Ask(count));
                break;
            case LeasingStep.LoseRequest:
                at.Ask(count);
                break;
            case LeasingStep.Return:
                Settle(at, at.Return());
                break;
            case LeasingStep.Crash:
                _silos[silo] = new($"{silo}-{++_processes}");
                break;
            case LeasingStep.Duplicate when _sent.Count > 0:
                Deliver(_sent[(int)(count % _sent.Count)]);
                break;
            default:
                break;
        }
    }

    public void ReturnEverything()
    {
        foreach (var silo in _silos)
        {
            while (silo.Pending is { } pending)
            {
                Settle(silo, pending);
            }

            Settle(silo, silo.Return());
        }
    }

    private void Take(LeasingSilo silo, long count)
    {
        if (silo.Pot < count || silo.Pending is not null)
        {
            Settle(silo, silo.Ask(count));
        }

        if (silo.Pot >= count)
        {
            silo.Pot -= count;
            Used += count;
        }
    }

    private void Settle(LeasingSilo silo, LeaseRequest request) => silo.Accept(Deliver(request));

    private LeaseStep Deliver(LeaseRequest request)
    {
        _sent.Add(request);
        var step = QuotaLedger.Renew(_account, request, terms);
        // What is written is all that a restart of the grain leaves: so the next step begins from its bytes.
        _account = QuotaAccount.Parser.ParseFrom(Google.Protobuf.MessageExtensions.ToByteArray(step.Next ?? _account));
        return step;
    }
}
