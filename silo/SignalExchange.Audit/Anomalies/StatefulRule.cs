using System.Text.Json;
using SignalExchange.Audit.Search;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Anomalies;

/// <summary>A rule whose states are of one type, stored as JSON.</summary>
/// <typeparam name="TState">The type.</typeparam>
internal abstract class StatefulRule<TState> : IAnomalyRule
    where TState : class, new()
{
    public abstract AnomalyRule Rule { get; }

    public abstract TimeSpan Memory { get; }

    public abstract IEnumerable<string> SubjectsOf(AuditedEntry entry);

    public object NewState() => new TState();

    public object Load(ReadOnlySpan<byte> saved) => JsonSerializer.Deserialize<TState>(saved)!;

    public byte[] Save(object state) => JsonSerializer.SerializeToUtf8Bytes((TState)state);

    public Finding? Look(object state, AuditedEntry entry) => Look((TState)state, entry);

    protected abstract Finding? Look(TState state, AuditedEntry entry);
}
