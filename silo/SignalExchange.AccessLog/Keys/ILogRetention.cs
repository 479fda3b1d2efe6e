using SignalExchange.AccessLog.Entries;
using SignalExchange.Contracts.V1;

namespace SignalExchange.AccessLog.Keys;

/// <summary>Ends the life of details, and holds it up.</summary>
/// <remarks>Safe from any thread. What is done is on stable storage when a method returns.</remarks>
public interface ILogRetention
{
    /// <summary>Gets the legal holds in force.</summary>
    IReadOnlyList<LegalHold> Holds { get; }

    /// <summary>Whether the key of a period and retention was destroyed.</summary>
    bool IsShredded(LogPeriod period, LogRetention retention);

    /// <summary>Gets the keys that are noted as due; none after a start.</summary>
    IReadOnlyList<KeyName> Due { get; }

    /// <summary>Notes that the time of a key has come: the first of two steps. One that was noted stays as it is.</summary>
    void NoteDue(KeyName key);

    /// <summary>Forgets that the time of a key had come.</summary>
    void NoteNotDue(KeyName key);

    /// <summary>Tells what <see cref="ShredAsync"/> would come to. Destroys nothing.</summary>
    ShredOutcome Judge(KeyName key);

    /// <summary>
    /// Destroys the key of a period and retention, and with it the details that it sealed, if it was due for
    /// <see cref="AccessLogOptions.ShredDelay"/>. Entries and proofs stay.
    /// </summary>
    Task<ShredOutcome> ShredAsync(LogPeriod period, LogRetention retention, CancellationToken cancellationToken);

    /// <summary>Places a legal hold, or replaces the one of its name.</summary>
    Task PlaceHoldAsync(LegalHold hold, CancellationToken cancellationToken);

    /// <summary>Lifts a legal hold.</summary>
    /// <returns>False when there is none of that name.</returns>
    Task<bool> LiftHoldAsync(string name, CancellationToken cancellationToken);
}
