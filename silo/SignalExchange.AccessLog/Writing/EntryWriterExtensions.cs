using SignalExchange.AccessLog.Entries;
using SignalExchange.Contracts.V1;

namespace SignalExchange.AccessLog.Writing;

/// <summary>What a host records beside calls.</summary>
public static class EntryWriterExtensions
{
    /// <summary>Begins an entry of the exchange itself, which nobody called for.</summary>
    /// <param name="writer">Which takes it afterwards.</param>
    /// <param name="retention">How long its detail is kept; must be stated.</param>
    /// <param name="event">What it is called, as a path: "/silo/start".</param>
    /// <param name="changes">What it says.</param>
    /// <exception cref="AccessLogUnavailableException">The log is not running.</exception>
    public static EntryDraft BeginSystem(
        this IEntryWriter writer,
        LogRetention retention,
        string @event,
        params IEnumerable<LogChange> changes
    )
    {
        var draft = writer.Begin(retention);
        draft.Detail.Method = @event;
        draft.Detail.Actor = new LogActor { Kind = ActorKind.System };
        draft.Detail.Changes.Add(changes);
        return draft;
    }
}
