using SignalExchange.AccessLog.Reading;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Search;

/// <summary>An entry whose detail is open, as the rules look at it.</summary>
/// <param name="Index">Its place in the log.</param>
/// <param name="Time">When it was written, in milliseconds since 1970.</param>
/// <param name="Period">The month whose key makes its pseudonyms.</param>
/// <param name="Detail">Who did what.</param>
internal sealed record AuditedEntry(long Index, long Time, uint Period, AccessLogDetail Detail)
{
    private static readonly LogActor Nobody = new();

    /// <summary>Gets who acted.</summary>
    public LogActor Actor => Detail.Actor ?? Nobody;

    /// <summary>Gets whether the call was answered.</summary>
    public bool IsAnswered => Detail.StatusCode == 0;

    /// <summary>Gets whether it only says that an act was about to be done: no call by itself.</summary>
    public bool IsBegun => Detail.IsBegun;

    /// <summary>Gets what came of the call.</summary>
    public EntryOutcome Outcome =>
        IsBegun ? EntryOutcome.Begun
        : IsAnswered ? EntryOutcome.Answered
        : EntryOutcome.Refused;

    /// <summary>Returns the entry; null when its detail is gone.</summary>
    public static AuditedEntry? Of(LoggedEntry logged) =>
        logged.Detail is { } detail ? new(logged.Index, EntryTime.Of(logged.Entry), logged.Entry.Period, detail) : null;

    /// <summary>Returns the index, never what the entry says.</summary>
    public override string ToString() => $"entry {Index}";
}
