using SignalExchange.Audit.Search;

namespace SignalExchange.Audit.Anomalies;

/// <summary>The states of the rules, in the same file and transaction as the position up to which they have seen the log.</summary>
internal sealed class RuleStates(SearchConnection connection)
{
    private const int MostInMemory = 50_000;

    private readonly Dictionary<(IAnomalyRule Rule, string Subject), HeldState> _states = [];
    private readonly HashSet<(IAnomalyRule Rule, string Subject)> _touched = [];

    /// <summary>Returns the state of a subject, which the caller changes.</summary>
    /// <remarks>An old state says nothing, swept or not: when it was last in memory, or swept, must make no difference.</remarks>
    public object Touch(IAnomalyRule rule, string subject, long time)
    {
        var held = _states.GetValueOrDefault((rule, subject)) ?? Read(rule, subject);
        if (held is null || held.Touched < time - (long)rule.Memory.TotalMilliseconds)
        {
            held = new(rule.NewState(), time);
        }

        _states[(rule, subject)] = held with { Touched = time };
        _touched.Add((rule, subject));
        return held.State;
    }

    /// <summary>Writes the states that were changed.</summary>
    public void Flush()
    {
        foreach (var (rule, subject) in _touched)
        {
            var held = _states[(rule, subject)];
            connection["INSERT OR REPLACE INTO rule_state (rule, subject, touched, state) VALUES (?1, ?2, ?3, ?4)"]
                .Bind(1, (long)rule.Rule)
                .Bind(2, subject)
                .Bind(3, held.Touched)
                .Bind(4, rule.Save(held.State))
                .Run();
        }

        _touched.Clear();
        if (_states.Count > MostInMemory)
        {
            _states.Clear();
        }
    }

    /// <summary>Removes states that say nothing any more.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="now">The newest entry's time, in milliseconds since 1970.</param>
    public void Sweep(IEnumerable<IAnomalyRule> rules, long now)
    {
        foreach (var rule in rules)
        {
            connection["DELETE FROM rule_state WHERE rule = ?1 AND touched < ?2"]
                .Bind(1, (long)rule.Rule)
                .Bind(2, now - (long)rule.Memory.TotalMilliseconds)
                .Run();
        }
    }

    /// <summary>Forgets what is in memory: a transaction was taken back, or rows were removed.</summary>
    public void Forget()
    {
        _states.Clear();
        _touched.Clear();
    }

    private HeldState? Read(IAnomalyRule rule, string subject) =>
        connection["SELECT state, touched FROM rule_state WHERE rule = ?1 AND subject = ?2"]
            .Bind(1, (long)rule.Rule)
            .Bind(2, subject)
            .All(row => new HeldState(rule.Load(row.Blob(0)), row.Int64(1)))
            .SingleOrDefault();

    private sealed record HeldState(object State, long Touched);
}
