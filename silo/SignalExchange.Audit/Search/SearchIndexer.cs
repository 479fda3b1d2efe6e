using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SignalExchange.AccessLog.Entries;
using SignalExchange.AccessLog.Reading;
using SignalExchange.Audit.Anomalies;
using SignalExchange.Audit.Reviews;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Search;

/// <summary>Takes entries into the index: rows, rules, reviews and the position that was reached, all in one transaction.</summary>
/// <remarks>So a restart goes on exactly where it stopped, and no alarm is raised twice or lost. One caller at a time.</remarks>
internal sealed class SearchIndexer(
    SearchDatabase database,
    IOptions<AnomalyOptions> anomalies,
    AuditMetrics metrics,
    ILogger<SearchIndexer> logger
)
{
    private readonly IReadOnlyList<IAnomalyRule> _rules = AnomalyRules.All(anomalies.Value);
    private Parts? _parts;

    /// <summary>Returns how many entries it has taken in.</summary>
    public Task<long> SizeAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(it => it["SELECT size FROM progress"].Value() ?? 0, cancellationToken);

    /// <summary>Tells how many alarms are open, before the first entry is taken in.</summary>
    public async Task NoteAlarmsAsync(CancellationToken cancellationToken) =>
        metrics.NoteOpenAlarms(await database.ReadAsync(AlarmRows.CountOpen, cancellationToken));

    /// <summary>Begins with an empty index.</summary>
    /// <param name="why">What was wrong with the one before.</param>
    /// <param name="cancellationToken">Ends the wait for those who read it.</param>
    public async Task StartOverAsync(string why, CancellationToken cancellationToken)
    {
        _parts = null;
        await database.MakeAnewAsync(why, cancellationToken);
    }

    /// <summary>Takes entries in.</summary>
    /// <param name="entries">The next ones of the log, in order.</param>
    /// <param name="cancellationToken">Honoured until the transaction begins.</param>
    public async Task AddAsync(IReadOnlyList<LoggedEntry> entries, CancellationToken cancellationToken)
    {
        try
        {
            var (alarms, open) = await database.WriteAsync(connection => Add(connection, entries), cancellationToken);
            metrics.NoteOpenAlarms(open);
            if (alarms > 0)
            {
                SearchLog.Alarms(logger, alarms, entries[^1].Index);
            }
        }
        catch
        {
            _parts = null; // What was taken back is still in their memory.
            throw;
        }
    }

    /// <summary>Forgets entries of a period whose key was destroyed, those in one bucket of the index at a time.</summary>
    /// <returns>How many.</returns>
    public async Task<long> ShredAsync(LogPeriod period, LogRetention retention, CancellationToken cancellationToken)
    {
        var forgotten = 0L;
        try
        {
            while (await database.WriteAsync(it => ShredNext(it, period, retention), cancellationToken) is { } some)
            {
                forgotten += some;
            }
        }
        finally
        {
            _parts = null; // Names and states may be gone.
        }

        await database.CheckpointAsync(cancellationToken);
        SearchLog.Shredded(logger, forgotten, period.ToString());
        return forgotten;
    }

    private static long? ShredNext(SearchConnection connection, LogPeriod period, LogRetention retention)
    {
        var facets = new FacetWriter(connection);
        var forgotten = new EntryShredder(connection, facets).ShredNext(period, retention);
        facets.Flush();
        return forgotten;
    }

    private (long Raised, Dictionary<AnomalyRule, long> Open) Add(
        SearchConnection connection,
        IReadOnlyList<LoggedEntry> entries
    )
    {
        var parts = _parts ??= new(connection, _rules);
        var before = CountAlarms(connection);
        foreach (var logged in entries)
        {
            parts.Columns.Write(logged);
            if (AuditedEntry.Of(logged) is { IsBegun: false } entry)
            {
                parts.Engine.Look(entry);
                parts.Judge(entry);
            }
        }

        parts.Facets.Flush();
        parts.Periods.Flush();
        parts.Engine.Flush(EntryTime.Of(entries[^1].Entry));
        connection["UPDATE progress SET size = ?1"].Bind(1, entries[^1].Index + 1).Run();
        return (CountAlarms(connection) - before, AlarmRows.CountOpen(connection));
    }

    private static long CountAlarms(SearchConnection connection) =>
        connection["SELECT coalesce(max(seq), 0) FROM alarm"].Value() ?? 0;

    private sealed class Parts
    {
        private readonly ReviewTable _reviews;
        private readonly AlarmTable _alarms;

        public Parts(SearchConnection connection, IReadOnlyList<IAnomalyRule> rules)
        {
            Facets = new(connection);
            Periods = new(connection);
            Columns = new(connection, new(connection), Facets, Periods);
            _alarms = new(connection, Facets);
            _reviews = new(connection, Facets);
            Engine = new(rules, new(connection), _alarms);
        }

        public FacetWriter Facets { get; }

        public PeriodWriter Periods { get; }

        public EntryColumns Columns { get; }

        public RuleEngine Engine { get; }

        public void Judge(AuditedEntry entry)
        {
            if (!entry.IsAnswered)
            {
                return;
            }

            if (
                entry.Detail.Method == AuditMethods.ReviewEntries
                && ReviewChanges.ReadReview(entry.Detail) is var (found, indexes)
            )
            {
                _reviews.Add(entry, found, indexes);
            }
            else if (
                entry.Detail.Method == AuditMethods.AcknowledgeAlarm
                && ReviewChanges.ReadAcknowledgement(entry.Detail) is var (disposition, alarm)
            )
            {
                _alarms.Acknowledge(alarm, disposition, entry.Index);
            }
        }
    }
}
