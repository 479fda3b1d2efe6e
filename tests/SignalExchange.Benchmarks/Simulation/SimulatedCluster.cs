using SignalExchange.Benchmarks.Ads.Generation;

namespace SignalExchange.Benchmarks.Simulation;

/// <summary>A cluster under load: calls come, are worked on, committed, and brought to every silo; half-way one silo dies.</summary>
/// <remarks>
/// <list type="number">
/// <item>A check takes its time on the silo that it comes to.</item>
/// <item>A call that submits takes its time there; each signal then goes to the silo that owns its shard.</item>
/// <item>A shard commits one transaction at a time, as large as what waits.</item>
/// <item>A row that is durable goes to every other silo: with the message that is about to leave for it, or with one of its own.</item>
/// </list>
/// Rows reach the cores of other silos in the order in which they became durable, not in which they arrive: a difference of less than a hop.
/// The same seed each time.
/// </remarks>
internal sealed class SimulatedCluster
{
    private const int Seed = 20_261_127;
    private const double WarmUp = 1;
    private const double Death = 8;
    private const double End = 20;

    // After the death, so long: what the others go through until its shards have a home.
    private static readonly double Disturbed = Death + Assumptions.ClusterNotices + 1;

    private readonly Scenario _scenario;
    private readonly OperationCosts _costs;
    private readonly Dice _dice = new(Seed);
    private readonly EventQueue _events = new();
    private readonly SimulatedStorage _storage;
    private readonly SimulatedSilo[] _silos;
    private readonly SimulatedShard[] _shards;
    private readonly double[,] _lastSent;
    private readonly Quantiles _checks = new();
    private readonly Quantiles _checksAfter = new();
    private readonly Quantiles _submits = new();
    private readonly Quantiles _submitsAfter = new();
    private readonly Quantiles _propagation = new();
    private long _begun;
    private long _lost;
    private long _messages;

    /// <summary>Makes a cluster.</summary>
    public SimulatedCluster(Scenario scenario, OperationCosts costs)
    {
        (_scenario, _costs) = (scenario, costs);
        _storage = new(scenario.Accounts);
        _silos = [.. Enumerable.Range(0, scenario.Silos).Select(_ => new SimulatedSilo())];
        _shards =
        [
            .. Enumerable.Range(0, Assumptions.Shards).Select(it => new SimulatedShard(it, it % scenario.Silos)),
        ];
        _lastSent = new double[scenario.Silos, scenario.Silos];
    }

    /// <summary>Lets it live, and returns what came of it.</summary>
    public ScenarioResult Run()
    {
        Arrive(_scenario.ChecksPerSecond, Check);
        Arrive(_scenario.SignalsPerSecond / Assumptions.SignalsInCall, Submit);
        _events.At(Death, _ => _silos[0].IsDead = true);
        _events.At(Death + Assumptions.ClusterNotices, MoveShards);
        _events.RunUntil(Death);
        var (used, entities, messages) = (_silos.Max(silo => silo.Used), _storage.Entities, _messages);
        _events.RunUntil(End);
        return new(
            _scenario,
            ((used / Death) + _costs.Idle) / Assumptions.Cores,
            _checks.At(99),
            _submits.At(99),
            _propagation.At(99),
            messages / Death,
            entities / Death / _scenario.Accounts / Assumptions.AccountEntities,
            (_costs.BaseMebibytes / 1024) + (_scenario.Indicators * _costs.BytesPerIndicator / Math.Pow(2, 30)),
            _scenario.Indicators * _costs.Rebuild / 1e6 / Assumptions.Cores / 60,
            (double)_lost / _begun,
            _checksAfter.At(99),
            _submitsAfter.At(100) / 1e3
        );
    }

    private void Arrive(double perSecond, Action<double> call)
    {
        void Next(double now)
        {
            call(now);
            _events.At(now + Gap(), Next);
        }

        double Gap() => -Math.Log(1 - _dice.Fraction()) / perSecond;
        _events.At(Gap(), Next);
    }

    // The balancer leaves a dead silo out once it has noticed; until then its share of the calls is lost.
    private SimulatedSilo? Door(double now)
    {
        var first = now > Death + Assumptions.BalancerNotices ? 1 : 0;
        var silo = _silos[first + _dice.Throw(_silos.Length - first)];
        _begun++;
        _lost += silo.IsDead ? 1 : 0;
        return silo.IsDead ? null : silo;
    }

    private void Check(double now)
    {
        if (Door(now) is { } silo)
        {
            var took = silo.Work(now, _costs.Check / 1e6) - now;
            (
                now < WarmUp ? null
                : now < Death ? _checks
                : now < Disturbed ? _checksAfter
                : null
            )?.Note(took);
        }
    }

    private void Submit(double now)
    {
        if (Door(now) is { } silo)
        {
            var call = new SimulatedCall(now, Assumptions.SignalsInCall);
            // Half of a signal's cost where the call is, half where its shard is.
            var done = silo.Work(now, Assumptions.SignalsInCall * _costs.Signal / 2 / 1e6);
            _events.At(done + Assumptions.Hop, arrived => Spread(call, arrived));
        }
    }

    private void Spread(SimulatedCall call, double now)
    {
        for (var signal = 0; signal < Assumptions.SignalsInCall; signal++)
        {
            var shard = _dice.Pick(_shards);
            shard.Add(call);
            if (_silos[shard.Owner].IsDead)
            {
                continue; // waits for the shard's next home
            }

            var done = _silos[shard.Owner].Work(now, (_costs.Signal / 2 / 1e6) + Assumptions.Message);
            _events.At(done, ready => Commit(shard, ready));
        }
    }

    private void Commit(SimulatedShard shard, double now)
    {
        if (shard.IsBusy || _silos[shard.Owner].IsDead || shard.Take() is not { Count: > 0 } signals)
        {
            return;
        }

        shard.IsBusy = true;
        var durable = _storage.Write(now, shard.Number, signals.Count + 2); // its head, and the row of its log
        _events.At(durable, at => Acknowledge(shard, signals, at));
    }

    private void Acknowledge(SimulatedShard shard, List<SimulatedCall> signals, double now)
    {
        shard.IsBusy = false;
        foreach (var call in signals)
        {
            if (call.Acknowledge() && call.Begun > WarmUp)
            {
                (call.Begun < Death - 1 ? _submits : _submitsAfter).Note(now + Assumptions.Hop - call.Begun);
            }
        }

        Propagate(shard.Owner, signals.Count, now);
        Commit(shard, now);
    }

    private void Propagate(int owner, int changes, double now)
    {
        var last = now;
        for (var other = 0; other < _silos.Length; other++)
        {
            if (other != owner && !_silos[other].IsDead)
            {
                var arrives = Send(owner, other, now, out var message) + Assumptions.Hop;
                last = Math.Max(last, _silos[other].Work(arrives, message + (changes * _costs.Apply / 1e6)));
            }
        }

        if (now is > WarmUp and < Death)
        {
            _propagation.Note(last - now);
        }
    }

    // With the message that leaves when the one under way is answered; the first of its rows pays for it.
    private double Send(int from, int to, double now, out double message)
    {
        ref var leaves = ref _lastSent[from, to];
        message = 0;
        if (now > leaves)
        {
            leaves = Math.Max(now, leaves + (2 * Assumptions.Hop));
            message = Assumptions.Message;
            _messages++;
            _silos[from].Work(now, message);
        }

        return leaves;
    }

    private void MoveShards(double now)
    {
        foreach (var shard in _shards.Where(shard => shard.Owner == 0))
        {
            shard.Owner = 1 + (shard.Number % (_silos.Length - 1));
            Commit(shard, now);
        }
    }
}
