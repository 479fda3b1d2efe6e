using SignalExchange.Audit.Search;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Anomalies;

/// <summary>A rule: looks at entries one after the other, with a small state for each subject.</summary>
/// <remarks>Pure: the same entries and states give the same findings. Time is the entries' own.</remarks>
internal interface IAnomalyRule
{
    /// <summary>Gets which rule it is.</summary>
    AnomalyRule Rule { get; }

    /// <summary>Gets for how long a state that was not touched says anything.</summary>
    TimeSpan Memory { get; }

    /// <summary>Returns whose states an entry touches; none when the rule has nothing to do with it.</summary>
    IEnumerable<string> SubjectsOf(AuditedEntry entry);

    /// <summary>Returns the state of a subject that was not seen yet.</summary>
    object NewState();

    /// <summary>Reads a state that <see cref="Save"/> wrote.</summary>
    object Load(ReadOnlySpan<byte> saved);

    /// <summary>Writes a state.</summary>
    byte[] Save(object state);

    /// <summary>Looks at an entry.</summary>
    /// <param name="state">The subject's state; it is changed.</param>
    /// <param name="entry">The entry, after all that the state has seen.</param>
    /// <returns>What it found; null when there is nothing to tell.</returns>
    Finding? Look(object state, AuditedEntry entry);
}
