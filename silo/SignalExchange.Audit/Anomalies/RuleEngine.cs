using SignalExchange.Audit.Search;

namespace SignalExchange.Audit.Anomalies;

/// <summary>Lets every rule look at every entry, in the transaction that takes the entry into the index.</summary>
internal sealed class RuleEngine(IReadOnlyList<IAnomalyRule> rules, RuleStates states, AlarmTable alarms)
{
    private static readonly long SweepMilliseconds = (long)TimeSpan.FromHours(6).TotalMilliseconds;

    private long _sweptAt = long.MinValue;

    /// <summary>Looks at an entry.</summary>
    public void Look(AuditedEntry entry)
    {
        foreach (var rule in rules)
        {
            foreach (var subject in rule.SubjectsOf(entry))
            {
                if (rule.Look(states.Touch(rule, subject, entry.Time), entry) is { } finding)
                {
                    alarms.Raise(rule.Rule, subject, entry, finding);
                }
            }
        }
    }

    /// <summary>Writes the states; now and then removes old ones.</summary>
    /// <param name="now">The newest entry's time, in milliseconds since 1970.</param>
    public void Flush(long now)
    {
        states.Flush();
        if (_sweptAt == long.MinValue || now - _sweptAt >= SweepMilliseconds)
        {
            states.Sweep(rules, now);
            _sweptAt = now;
        }
    }
}
