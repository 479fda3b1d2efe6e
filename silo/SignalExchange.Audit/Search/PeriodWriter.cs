using System.Runtime.InteropServices;
using SignalExchange.AccessLog.Reading;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Search;

/// <summary>Gathers what a transaction's entries add to their months, which entries they have and who did how much, and writes each row once.</summary>
internal sealed class PeriodWriter(SearchConnection connection)
{
    private const string CountUsage = """
        INSERT INTO usage (period, retention, member, purpose, reason, calls, asked, hits, refused, refused_calls)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
        ON CONFLICT DO UPDATE SET calls = calls + excluded.calls, asked = asked + excluded.asked, hits = hits + excluded.hits,
            refused = refused + excluded.refused, refused_calls = refused_calls + excluded.refused_calls
        """;

    private const string Widen = """
        INSERT INTO span (period, retention, first, last) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT DO UPDATE SET last = excluded.last
        """;

    private readonly Dictionary<UsageKey, UsageCounts> _usage = [];
    private readonly Dictionary<(uint Period, LogRetention Retention), (long First, long Last)> _spans = [];

    /// <summary>Adds an entry to those of its month. Entries come in their order.</summary>
    public void AddToSpan(LoggedEntry logged)
    {
        ref var span = ref CollectionsMarshal.GetValueRefOrAddDefault(
            _spans,
            (logged.Entry.Period, logged.Entry.Retention),
            out var isKnown
        );
        span = (isKnown ? span.First : logged.Index, logged.Index);
    }

    /// <summary>Counts what an entry says was done.</summary>
    public void AddUsage(LoggedEntry logged, AuditedEntry entry)
    {
        var key = new UsageKey(
            logged.Entry.Period,
            logged.Entry.Retention,
            entry.Actor.Kind == ActorKind.Unknown ? "" : entry.Actor.MemberId, // a claim is no use of a member's
            entry.Detail.Purpose,
            entry.Detail.Reason
        );
        CollectionsMarshal.GetValueRefOrAddDefault(_usage, key, out _).Add(entry);
    }

    /// <summary>Writes what was gathered.</summary>
    public void Flush()
    {
        foreach (var ((period, retention), (first, last)) in _spans)
        {
            connection[Widen].Bind(1, period).Bind(2, (long)retention).Bind(3, first).Bind(4, last).Run();
        }

        foreach (var (key, counts) in _usage)
        {
            connection[CountUsage]
                .Bind(1, key.Period)
                .Bind(2, (long)key.Retention)
                .Bind(3, key.Member)
                .Bind(4, (long)key.Purpose)
                .Bind(5, (long)key.Reason)
                .Bind(6, counts.Calls)
                .Bind(7, counts.Asked)
                .Bind(8, counts.Hits)
                .Bind(9, counts.Refused)
                .Bind(10, counts.RefusedCalls)
                .Run();
        }

        _spans.Clear();
        _usage.Clear();
    }

    private readonly record struct UsageKey(
        uint Period,
        LogRetention Retention,
        string Member,
        CheckPurpose Purpose,
        ErrorReason Reason
    );

    private struct UsageCounts
    {
        public long Calls { get; private set; }

        public long Asked { get; private set; }

        public long Hits { get; private set; }

        public long Refused { get; private set; }

        public long RefusedCalls { get; private set; }

        public void Add(AuditedEntry entry)
        {
            Calls++;
            Asked += entry.Detail.Asked;
            Hits += entry.Detail.Hits;
            Refused += entry.Detail.Refused;
            RefusedCalls += entry.Outcome == EntryOutcome.Refused ? 1 : 0;
        }
    }
}
